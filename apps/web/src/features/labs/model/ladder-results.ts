import type { Shown } from './driver.ts';
import type { LabAsked, LabFrame } from './messages.ts';

/** Test accuracies of trained networks, by seed and rung. */
export type Results = Readonly<Record<string, number>>;

export const resultKey = (seed: number, rung: string): string => `${seed}/${rung}`;

/** The results with those of one training more; the same object where nothing is new. */
export function noted(
  results: Results,
  seed: number,
  accuracies: Readonly<Record<string, number | undefined>>,
): Results {
  const fresh = Object.entries(accuracies).flatMap(([rung, accuracy]) => {
    const key = resultKey(seed, rung);
    return accuracy === undefined || results[key] === accuracy ? [] : [[key, accuracy] as const];
  });
  return fresh.length === 0 ? results : { ...results, ...Object.fromEntries(fresh) };
}

/**
 * What is shown, once all have trained to their last step and it is that step; else null.
 * @param asked what is set now: what is shown may still be of what was set before
 */
export const trainedFrame = ({ of, frame, done, steps, busy }: Shown, asked: LabAsked | null): LabFrame | null =>
  !frame || of !== asked || busy || steps === 0 || done < steps || frame.step < steps ? null : frame;
