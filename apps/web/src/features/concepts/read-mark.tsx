'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { readKept } from '#src/ui/kept.ts';
import { keptPosition, type ReadingPosition, readingKey } from './model/reading-position.ts';

/** How far a page was read in this browser. */
export function ReadMark({ slug }: { readonly slug: string }) {
  const t = useTranslations('concepts');
  const [position, setPosition] = useState<ReadingPosition | null>(null);
  useEffect(() => setPosition(keptPosition(readKept(readingKey(slug)))), [slug]);
  if (!position) return null;
  const { section, of } = position;
  return (
    <span className="shrink-0 text-small text-muted" data-read={section}>
      {section === of ? t('read') : t('readTo', { section, of })}
    </span>
  );
}
