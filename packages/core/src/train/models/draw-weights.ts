import type { ModelConfig } from '../../config/schema.ts';
import type { Rng } from '../../random/rng.ts';

interface Bounds {
  readonly kernel: number;
  readonly bias: number;
}

/** The bounds between which initial weights are drawn uniformly: from minus to plus the bound. */
const BOUNDS: Record<ModelConfig['init'], (fanIn: number, fanOut: number) => Bounds> = {
  // The defaults of nn.Linear and nn.Conv2d: kaiming_uniform with a = sqrt(5) (torch/nn/modules/{linear,conv}.py).
  pytorch: (fanIn) => ({ kernel: 1 / Math.sqrt(fanIn), bias: 1 / Math.sqrt(fanIn) }),
  // Glorot and Bengio 2010; torch.nn.init.xavier_uniform_, biases zero.
  xavier: (fanIn, fanOut) => ({ kernel: Math.sqrt(6 / (fanIn + fanOut)), bias: 0 }),
  // He et al. 2015; torch.nn.init.kaiming_uniform_ for ReLU, biases zero.
  he: (fanIn) => ({ kernel: Math.sqrt(6 / fanIn), bias: 0 }),
};

/**
 * The initial weights of a layer: its kernel and, where it has one, its bias.
 * @param kernel the kernel's shape: [in, out] of a dense layer, [height, width, in, out] of a convolution
 * @param rng the seed's stream `init`
 * @param layer the layer's place among those with a kernel, from 0 at the input
 */
export function drawWeights(
  kernel: readonly number[],
  hasBias: boolean,
  init: ModelConfig['init'],
  rng: Rng,
  layer: number,
): Float32Array[] {
  const stream = rng.split(`layer ${layer}`);
  const [from = 1, to = 1] = kernel.slice(-2);
  const size = kernel.reduce((product, side) => product * side, 1);
  const field = size / (from * to);
  const bounds = BOUNDS[init](field * from, field * to);
  const draw = (length: number, bound: number) =>
    Float32Array.from({ length }, () => (bound === 0 ? 0 : stream.uniform(-bound, bound)));
  return [draw(size, bounds.kernel), ...(hasBias ? [draw(to, bounds.bias)] : [])];
}
