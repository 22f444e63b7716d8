import type { ActivationIdentifier } from './tf-names.ts';

/** One activation function: everything that the config, the help, the forms and the plots need to know of it. */
export interface Activation {
  readonly id: string;
  readonly label: string;
  /** LaTeX, in x. */
  readonly formula: string;
  /** The function on one number, for plots. */
  readonly f: (x: number) => number;
  /** TF.js's name of it, or null where no layer is needed. */
  readonly layer: ActivationIdentifier | null;
}

export const ACTIVATIONS = {
  linear: { id: 'linear', label: 'linear', formula: 'x', f: (x) => x, layer: null },
  relu: { id: 'relu', label: 'ReLU', formula: '\\max(0, x)', f: (x) => Math.max(0, x), layer: 'relu' },
  tanh: { id: 'tanh', label: 'tanh', formula: '\\tanh x', f: Math.tanh, layer: 'tanh' },
  sigmoid: {
    id: 'sigmoid',
    label: 'sigmoid',
    formula: '\\frac{1}{1 + e^{-x}}',
    f: (x) => 1 / (1 + Math.exp(-x)),
    layer: 'sigmoid',
  },
} as const satisfies Record<string, Activation>;

export type ActivationId = keyof typeof ACTIVATIONS;
export const ACTIVATION_IDS = Object.keys(ACTIVATIONS) as [ActivationId, ...ActivationId[]];
