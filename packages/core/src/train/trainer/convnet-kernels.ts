import type { ModelConfig } from '../../config/schema.ts';

type ConvnetConfig = Extract<ModelConfig, { name: 'lenet' | 'alexnet-small' }>;

/** A kernel, and at how many places of a picture it works. */
export interface PlacedKernel {
  /** [height, width, in, out] of a convolution, [in, out] of a dense layer. */
  readonly shape: readonly number[];
  readonly places: number;
}

/** All kernels of a network with convolutions, from the input on, as models/convnet.ts builds them. */
export function convnetKernels(
  { filters, pooling, dense }: ConvnetConfig,
  shape: readonly number[],
  classes: number,
): PlacedKernel[] {
  const two = filters.length === 2;
  const side = two ? 5 : 3;
  const pooled = (length: number) => (pooling === 'average' ? length >> 1 : ((length - 3) >> 1) + 1);
  let [height = 0, width = 0, channels = 0] = shape;
  const kernels: PlacedKernel[] = [];
  filters.forEach((count, i) => {
    const lost = two && i === 1 ? side - 1 : 0;
    [height, width] = [height - lost, width - lost];
    kernels.push({ shape: [side, side, channels, count], places: height * width });
    channels = count;
    if (i < 2 || i === filters.length - 1) [height, width] = [pooled(height), pooled(width)];
  });
  return [...kernels, ...denseKernels([height * width * channels, ...dense, classes])];
}

/** Those of dense layers. @param widths from the input to the classes */
export const denseKernels = (widths: readonly number[]): PlacedKernel[] =>
  widths.slice(1).map((units, i) => ({ shape: [widths[i] as number, units], places: 1 }));
