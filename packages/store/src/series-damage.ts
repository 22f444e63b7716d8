import type { Text } from '@whorl/core';
import { StoreError } from './errors.ts';
import type { SeriesRow } from './series-summary.ts';

/** Says that the points from one position to before another are missing. */
export const missing = (from: number, to: number): Text => pointsText(from, to, { en: 'are missing', zh: '缺失' });

/** Names the points from one position to before another, and says `what` about them. */
export const pointsText = (from: number, to: number, what: Text): Text => ({
  en: `points ${from} to ${to - 1}${what.en.startsWith(':') ? '' : ' '}${what.en}`,
  zh: `第 ${from} 到 ${to - 1} 点${what.zh}`,
});

/** The error for a series of which something is not as written. */
export const damagedSeries = ({ runId, key }: SeriesRow, what: Text): StoreError =>
  new StoreError('damaged', {
    en: `metric ${key} of run ${runId} is damaged: ${what.en}`,
    zh: `运行 ${runId} 的指标 ${key} 已损坏：${what.zh}`,
  });

const SUMMARY: Text = { en: 'its summary is not that of its points', zh: '汇总与各点不符' };
const STEPS: Text = { en: 'its chunks are not at the steps that they say', zh: '数据块标注的步数与内容不符' };

/** Says that a series or its chunks state something that their points do not. */
export const wrongSummary = (row: SeriesRow): Text => damagedSeries(row, SUMMARY).said;
export const wrongSteps = (row: SeriesRow): Text => damagedSeries(row, STEPS).said;

/** The result of `read`; null where it meets damage. */
export function whereWhole<T>(read: () => T, onDamage: (error: StoreError) => void = () => {}): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'damaged') throw error;
    onDamage(error);
    return null;
  }
}
