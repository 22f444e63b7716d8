import { useTranslations } from 'use-intl/react';
import type { History } from '../model/history.ts';
import { type LabPlan, readsDigits } from '../model/plan.ts';
import { CurvePlot } from './curve-plot.tsx';

/** Losses above this are drawn at the edge: a network that knows nothing has 1.1 of three classes, 2.3 of ten. */
const HIGHEST_LOSS = { points: 1.5, digits: 2.5 };

/** Of a training that has measured nothing. */
const never = (): number => Number.NaN;

interface Props {
  readonly plan: LabPlan;
  readonly histories: readonly History[];
  readonly steps: number;
  /** The step that the pictures show. */
  readonly at: number;
}

/** Accuracy and loss of each step, a line for each training; of digits the accuracy of those that no step sees. */
export function LabCurves({ plan, histories, steps, at }: Props) {
  const t = useTranslations('labs');
  const lines = (measure: string) =>
    plan.cells.map(({ name, look }, i) => ({
      name: name.en,
      look,
      count: histories[i]?.count ?? 0,
      valueAt: histories[i]?.reader(measure) ?? never,
    }));
  const [of, title, high] = readsDigits(plan)
    ? (['testAccuracy', t('digits.testTitle'), HIGHEST_LOSS.digits] as const)
    : (['accuracy', t('accuracyTitle'), HIGHEST_LOSS.points] as const);
  return (
    <>
      <CurvePlot title={title} lines={lines(of)} {...{ steps, low: 0, high: 1, at }} />
      <CurvePlot title={t('lossTitle')} lines={lines('loss')} {...{ steps, low: 0, high, at }} />
    </>
  );
}
