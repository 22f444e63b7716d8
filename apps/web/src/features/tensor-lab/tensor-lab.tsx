'use client';

import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { BadView } from '#src/view/bad-view.tsx';
import { useView } from '#src/view/use-view.ts';
import { CELL_FIELDS, CELL_IDS } from './model/cell-fields.ts';
import { CellView } from './views/cell-view.tsx';

/** Cells of PyTorch's lines that run in the page. */
export function TensorLab() {
  const t = useTranslations('tensorLab');
  const titleId = useId();
  const { view, change, bad } = useView(CELL_FIELDS);
  return (
    <section className="my-8 border-b border-line leading-6" aria-labelledby={titleId} data-lab="tensors">
      <h3 id={titleId} className="!mt-0 font-medium">
        {t('title')}
      </h3>
      <p className="mt-1 mb-4 text-small text-muted">{t('note')}</p>
      <noscript>
        <p className="mb-4 text-small text-caution">{t('needsScript')}</p>
      </noscript>
      <BadView bad={bad} />
      {CELL_IDS.map((id) => (
        <CellView key={id} id={id} source={String(view[id])} onChange={(source) => change({ [id]: source })} />
      ))}
    </section>
  );
}
