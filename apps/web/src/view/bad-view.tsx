'use client';

import { useTranslations } from 'use-intl/react';
import type { BadField } from '#src/contract/bad-field.ts';

/** Lists the parts of the address that could not be read; nothing where all could. */
export function BadView({ bad }: { readonly bad: readonly BadField[] }) {
  const t = useTranslations('view');
  if (bad.length === 0) return null;
  return (
    <div role="note" className="mt-4 max-w-[48rem] border-l-2 border-caution bg-caution-ground px-4 py-3 text-small">
      {bad.map(({ name, came, expected }) => (
        <p key={name} className="break-words">
          {t('bad', { name, came, expected })}
        </p>
      ))}
    </div>
  );
}
