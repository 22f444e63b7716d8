'use client';

import { useTranslations } from 'use-intl/react';
import type { History } from '../model/history.ts';
import { lossTable } from '../model/loss-table.ts';
import type { LabPlan } from '../model/plan.ts';

interface Props {
  readonly plan: LabPlan;
  readonly histories: readonly History[];
}

/** Saves what every step measured, to hold it beside a run of the command line. */
export function SaveLosses({ plan, histories }: Props) {
  const t = useTranslations('labs');
  const save = async () => {
    const { csvFile, download } = await import('#src/charts/chart-exports.ts');
    const names = plan.cells.map(({ name }) => name.en);
    download(`${plan.id}.csv`, csvFile(lossTable(names, histories)));
  };
  return (
    <button
      type="button"
      className="button mt-4"
      disabled={!histories.some(({ count }) => count > 0)}
      onClick={() => void save()}
    >
      {t('save')}
    </button>
  );
}
