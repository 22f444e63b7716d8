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
