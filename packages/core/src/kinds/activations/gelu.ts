import type { ActivationKind } from './activation-kind.ts';

/** Abramowitz and Stegun 1964, formula 7.1.26: within 1.5e-7, which no plot shows. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}

export const gelu = {
  id: 'gelu',
  label: 'GELU',
  formula: '\\frac{x}{2} \\left(1 + \\operatorname{erf} \\frac{x}{\\sqrt 2}\\right)',
  otherNames: ['gaussian error linear', 'gelu_new'],
  fields: {},
  facts: { f: (x) => (x / 2) * (1 + erf(x * Math.SQRT1_2)) },
} as const satisfies ActivationKind;
