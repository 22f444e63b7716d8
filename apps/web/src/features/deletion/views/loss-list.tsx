'use client';

import { useTranslations } from 'use-intl/react';
import type { ShownLoss } from '#src/contract/deletion.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { useSize } from '#src/i18n/use-size.ts';
import { type LossPart, lossParts } from '../model/loss-parts.ts';

/** What goes, by kind. Its place is kept while it is read. */
export function LossList({ loss }: { readonly loss: ShownLoss | undefined }) {
  const t = useTranslations('deletion.loss');
  const { whole } = useFormat();
  const size = useSize();
  const text = ({ count, bytes }: LossPart): string =>
    bytes === undefined || count === 0 ? whole(count) : t('withSize', { count: whole(count), size: size(bytes) });
  return (
    <dl
      className="grid min-h-24 grid-cols-[max-content_1fr] content-start gap-x-8 gap-y-1 text-small"
      data-loss={loss?.sign}
    >
      {(loss ? lossParts(loss) : []).map((part) => (
        <div key={part.kind} className="contents">
          <dt className="text-muted">{t(part.kind)}</dt>
          <dd className="tabular-nums">{text(part)}</dd>
        </div>
      ))}
    </dl>
  );
}
