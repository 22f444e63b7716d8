import { useTranslations } from 'use-intl/react';
import type { History } from '../model/history.ts';
import type { LabPlan } from '../model/plan.ts';
import { CurvePlot } from './curve-plot.tsx';

/** Losses above this are drawn at the edge: a network that knows nothing of three classes has 1.1. */
const HIGHEST_LOSS = 1.5;

/** Of a training that has measured nothing. */
const never = (): number => Number.NaN;

interface Props {
  readonly plan: LabPlan;
  readonly histories: readonly History[];
  readonly steps: number;
  /** The step that the pictures show. */
  readonly at: number;
}

/** Accuracy and loss of each step, a line for each training. */
export function LabCurves({ plan, histories, steps, at }: Props) {
  const t = useTranslations('labs');
  const lines = (measure: string) =>
    plan.cells.map(({ name, look }, i) => ({
      name: name.en,
      look,
      count: histories[i]?.count ?? 0,
      valueAt: histories[i]?.reader(measure) ?? never,
    }));
  return (
    <>
      <CurvePlot title={t('accuracyTitle')} lines={lines('accuracy')} {...{ steps, low: 0, high: 1, at }} />
      <CurvePlot title={t('lossTitle')} lines={lines('loss')} {...{ steps, low: 0, high: HIGHEST_LOSS, at }} />
    </>
  );
}
