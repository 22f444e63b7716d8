// The mean of several runs' curves, step by step.

interface Curve {
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/**
 * The mean at every step that all curves have; a NaN in one is a NaN in the mean, as it is in the sum. Curves that are
 * still growing give a mean as long as the shortest.
 */
export function meanCurve(curves: readonly Curve[]): Curve {
  const [first, ...others] = curves;
  if (!first || others.length === 0) return first ?? { steps: [], values: [] };
  const lookups = others.map(({ steps, values }) => new Map(steps.map((step, i) => [step, values[i] as number])));
  const steps: number[] = [];
  const values: number[] = [];
  first.steps.forEach((step, i) => {
    let sum = first.values[i] as number;
    for (const lookup of lookups) {
      const value = lookup.get(step);
      if (value === undefined) return;
      sum += value;
    }
    steps.push(step);
    values.push(sum / curves.length);
  });
  return { steps, values };
}
