/**
 * The numbers that the layer probe adds to those of a step, with layers counted from 1 at the input: `gradientNorm.N`,
 * the L2 norm of the loss's gradient with respect to the layer's weights, without weight decay; and for each hidden
 * layer's activation function `activationMean.N`, `activationStd.N` (divided by the count, not count - 1) and
 * `deadUnits.N`, the share of its units (a convolution's channels) that are above 0 for no row of the batch.
 * @param weighted how many layers have a kernel
 * @param hidden how many have an activation function
 */
export const layerMeasures = (weighted: number, hidden: number): string[] => [
  ...placesOf(weighted).map((n) => `gradientNorm.${n}`),
  ...placesOf(hidden).flatMap((n) => [`activationMean.${n}`, `activationStd.${n}`, `deadUnits.${n}`]),
];

const placesOf = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
