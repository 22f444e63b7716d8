import type { ModelConfig } from '../../config/schema.ts';
import { NO_SLOPE, planActivation } from './activations.ts';
import { planConvolution } from './convolution.ts';
import { planStack } from './dense-stack.ts';
import type { Network, Planning } from './network.ts';
import { type PictureLayout, type Pictures, pictureLayout, planPictures } from './pictures.ts';
import { ROWS, WORD } from './plan.ts';
import { planPooling } from './pooling.ts';

/** Pictures are large: those of one panel fill the cache. */
const PANELS_OF_BLOCK = 1;

/** Plans the LeNet and small AlexNet of train/models/convnet.ts. */
export function planConvnet(
  config: Extract<ModelConfig, { name: 'lenet' | 'alexnet-small' }>,
  planning: Planning,
): Network {
  const { plan, rows, shape } = planning;
  const { activation, pooling, filters, dense } = config;
  const [height = 0, width = 0, channels = 0] = shape;
  const two = filters.length === 2;
  const side = two ? 5 : 3;
  const paddingOf = (layer: number) => (layer >= filters.length || (two && layer === 1) ? 0 : side >> 1);

  const panels = Math.ceil(rows / ROWS);
  const given = pictureLayout({ channels, height, width }, paddingOf(0));
  let before: Pictures | null = null;
  /** Where the gradient with respect to a layer's input is written; null for the data. */
  let wanted: Pictures | null = null;
  const layers = filters.map((count, i) => {
    const input = before;
    const gradientOfInput = wanted;
    const from = input?.layout ?? given;
    const padding = paddingOf(i);
    const size = {
      channels: count,
      height: from.height + 2 * padding - side + 1,
      width: from.width + 2 * padding - side + 1,
    };
    const pooled = i < 2 || i === filters.length - 1;
    const convolution = planConvolution(planning, {
      from,
      filters: count,
      side,
      padding,
      wantsInput: i > 0,
      panels: PANELS_OF_BLOCK,
    });
    // A filter of 3 x 3 also reaches over the edge of its gradient.
    const margin = side === 3 ? 1 : pooled ? 0 : paddingOf(i + 1);
    const output = planPictures(plan, size, margin, PANELS_OF_BLOCK);
    const act = planActivation(plan, activation, output.part);
    const pool = pooled
      ? planPooling(plan, pooling, { output, act, padding: paddingOf(i + 1) }, PANELS_OF_BLOCK)
      : null;
    // The gradient with respect to the convolution's output, already times the slope.
    const gradient = pool?.gradientOfInput ?? planPictures(plan, size, output.layout.padding, PANELS_OF_BLOCK);
    before = pool?.pooled ?? output;
    wanted = pool?.gradientOfPooled ?? gradient;
    return { input, gradientOfInput, convolution, output, act, pool, gradient };
  });
  const flat = before as Pictures | null;
  const flatGradient = wanted as Pictures | null;
  if (!flat || !flatGradient) throw new Error('expected a network with a convolution');

  const inputOrder = flattenedOrder(flat.layout);
  const stack = planStack(planning, {
    features: inputOrder.length,
    hidden: dense,
    activation,
    block: 'plain',
    panelsOfBlock: PANELS_OF_BLOCK,
    input: () => [flat.part.at, 0],
    inputOrder,
    inputGradient: flatGradient.part.at,
  });
  const dataOf = (x: { readonly at: number }): [number, number] => [x.at + given.first, PANELS_OF_BLOCK * given.panel];

  return {
    ...stack,
    panelsOfBlock: PANELS_OF_BLOCK,
    batchWords: (panels * given.panel) / WORD,
    weighted: [...layers.map(({ convolution }) => convolution.parameters), ...stack.weighted],
    activations: [...layers.map(({ output: { at, layout } }) => ({ ...layout, at })), ...stack.activations],
    gather: (program, { x, rows: count }, data, from) =>
      program.op(
        'gatherPictures',
        ...[...data, ...from, x.at + given.first, channels, height, width, count],
        ...[given.row, given.channel, given.panel],
      ),
    begin: (program) => {
      for (const { convolution } of layers) convolution.begin(program);
      stack.begin(program);
    },
    forward: (program, batch) => {
      for (const { input, convolution, output, act, pool } of layers) {
        const x: readonly [number, number] = input ? [input.at, 0] : dataOf(batch.x);
        const fuse = activation === 'relu';
        convolution.forward(program, x, output, fuse);
        if (!fuse) {
          act.forward(program, output.layout.panel / (ROWS * WORD));
          if (act.movesZero && output.layout.padding > 0) output.clearMargins(program);
        }
        pool?.forward(program);
      }
      stack.forward(program, batch);
    },
    backward: (program, batch) => {
      stack.backward(program, batch);
      for (const { input, gradientOfInput, convolution, output, act, pool, gradient } of layers.toReversed()) {
        if (pool) pool.backward(program);
        else if (act.slope !== NO_SLOPE) {
          const slopeAt = act.slopeAt + output.layout.first;
          const { channels, height, width, row, channel, panel } = output.layout;
          program.op('slopes', gradient.at, slopeAt, act.slope, channels, height, width, row, channel, panel);
        }
        convolution.weights(program, input ? [input.at, 0] : dataOf(batch.x), gradient);
        if (gradientOfInput) convolution.input(program, gradient, gradientOfInput);
      }
    },
  };
}

/** For pictures stored channel by channel, the place of each value in the variable's order, where channels come last. */
function flattenedOrder({ channels, height, width }: PictureLayout): Int32Array {
  const pixels = height * width;
  const order = new Int32Array(channels * pixels);
  for (let c = 0; c < channels; c++) for (let p = 0; p < pixels; p++) order[c * pixels + p] = p * channels + c;
  return order;
}
