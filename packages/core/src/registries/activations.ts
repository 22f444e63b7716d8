/** One activation function: everything that the config, the help, the forms and the plots need to know of it. */
export interface Activation {
  readonly id: string;
  readonly label: string;
  /** LaTeX, in x. */
  readonly formula: string;
  /** The function on one number, for plots. */
  readonly f: (x: number) => number;
}

/** PyTorch's default (torch/nn/modules/activation.py). */
export const LEAKY_RELU_SLOPE = 0.01;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export const ACTIVATIONS = {
  linear: { id: 'linear', label: 'linear', formula: 'x', f: (x) => x },
  sigmoid: { id: 'sigmoid', label: 'sigmoid', formula: '\\frac{1}{1 + e^{-x}}', f: sigmoid },
  tanh: { id: 'tanh', label: 'tanh', formula: '\\tanh x', f: Math.tanh },
  relu: { id: 'relu', label: 'ReLU', formula: '\\max(0, x)', f: (x) => Math.max(0, x) },
  'leaky-relu': {
    id: 'leaky-relu',
    label: 'leaky ReLU',
    formula: '\\max(0.01 x, x)',
    f: (x) => Math.max(LEAKY_RELU_SLOPE * x, x),
  },
  elu: {
    id: 'elu',
    label: 'ELU',
    formula: 'x \\text{ if } x > 0 \\text{ else } e^x - 1',
    f: (x) => (x > 0 ? x : Math.expm1(x)),
  },
  gelu: {
    id: 'gelu',
    label: 'GELU',
    formula: '\\frac{x}{2} \\left(1 + \\operatorname{erf} \\frac{x}{\\sqrt 2}\\right)',
    f: (x) => (x / 2) * (1 + erf(x * Math.SQRT1_2)),
  },
  swish: { id: 'swish', label: 'swish', formula: '\\frac{x}{1 + e^{-x}}', f: (x) => x * sigmoid(x) },
  softplus: {
    id: 'softplus',
    label: 'softplus',
    formula: '\\log(1 + e^x)',
    f: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  },
} as const satisfies Record<string, Activation>;

/** Abramowitz and Stegun 1964, formula 7.1.26: within 1.5e-7, which no plot shows. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}

export type ActivationId = keyof typeof ACTIVATIONS;
export const ACTIVATION_IDS = Object.keys(ACTIVATIONS) as [ActivationId, ...ActivationId[]];
