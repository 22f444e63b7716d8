import * as tf from '@tensorflow/tfjs-core';
import { FUSED_CROSS_ENTROPY } from '../../train/losses/softmax-cross-entropy.ts';
import type { Binding, OpAttribute } from './binding.ts';

// TensorFlow's own kernels, where tfjs-node takes a detour. Which way is faster was measured on one core, with the
// shapes of the course's networks: docs/decisions/0006.

interface Backend {
  readonly binding: Pick<
    Binding,
    'TF_ATTR_BOOL' | 'TF_ATTR_FLOAT' | 'TF_ATTR_INT' | 'TF_ATTR_TYPE' | 'TF_FLOAT' | 'TF_INT32'
  >;
  executeSingleOutput(name: string, attributes: readonly OpAttribute[], inputs: readonly tf.TensorInfo[]): tf.Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly tf.TensorInfo[],
    outputs: number,
  ): tf.Tensor[];
  applyActivation(x: tf.Tensor, activation: string, prelu?: tf.Tensor, alpha?: number): tf.Tensor;
}

const BACKEND = 'tensorflow';

interface KernelCall {
  // biome-ignore lint/suspicious/noExplicitAny: what a kernel is given, TF.js does not type
  readonly inputs: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly attrs: any;
  readonly backend: Backend;
}
type Kernel = (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[];

const float = ({ binding }: Backend): OpAttribute => ({
  name: 'T',
  type: binding.TF_ATTR_TYPE,
  value: binding.TF_FLOAT,
});

/** Products with fewer columns are faster transposed. */
const FEW_COLUMNS = 16;

/** Matrix product of two-dimensional float32 tensors. */
function matMul(backend: Backend, a: tf.Tensor, b: tf.Tensor, transposeA: boolean, transposeB: boolean): tf.Tensor {
  const product = (first: tf.Tensor, second: tf.Tensor, ta: boolean, tb: boolean) =>
    backend.executeSingleOutput(
      'MatMul',
      [
        float(backend),
        { name: 'transpose_a', type: backend.binding.TF_ATTR_BOOL, value: ta },
        { name: 'transpose_b', type: backend.binding.TF_ATTR_BOOL, value: tb },
      ],
      [first, second],
    );
  const rows = a.shape[1] as number;
  const columns = b.shape[1] as number;
  // The gradient of a last layer's kernel, [units, batch] x [batch, classes]: 0.05 ms this way, 0.21 ms directly.
  if (transposeA && !transposeB && columns < FEW_COLUMNS && rows >= 4 * columns) {
    return tf.transpose(product(b, a, true, false));
  }
  return product(a, b, transposeA, transposeB);
}

const biasAdd = (backend: Backend, x: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
  backend.executeSingleOutput('BiasAdd', [float(backend)], [x, bias]);

const isOneProduct = (a: tf.Tensor, b: tf.Tensor): boolean =>
  a.dtype === 'float32' &&
  b.dtype === 'float32' &&
  [a, b].every(({ shape }) => shape.length === 2 || (shape.length === 3 && shape[0] === 1));

const asMatrix = (x: tf.Tensor): tf.Tensor => tf.reshape(x, x.shape.slice(-2) as [number, number]);

/** A single product by MatMul: tfjs-node always takes the op for batches of products. */
const batchMatMul =
  (theirs: Kernel): Kernel =>
  (call) => {
    const { a, b } = call.inputs;
    if (!isOneProduct(a, b)) return theirs(call);
    return tf.tidy(() => {
      const product = matMul(call.backend, asMatrix(a), asMatrix(b), call.attrs.transposeA, call.attrs.transposeB);
      return a.shape.length === 3 || b.shape.length === 3 ? tf.expandDims(product, 0) : product;
    });
  };

/** A dense layer as MatMul and BiasAdd, which TensorFlow fuses where it can. */
const fusedMatMul =
  (theirs: Kernel): Kernel =>
  (call) => {
    const { a, b, bias, preluActivationWeights } = call.inputs;
    const { transposeA, transposeB, activation, leakyreluAlpha } = call.attrs;
    const plainBias = !bias || bias.shape.length === 1;
    if (!isOneProduct(a, b) || !plainBias) return theirs(call);
    return tf.tidy(() => {
      let y = matMul(call.backend, asMatrix(a), asMatrix(b), transposeA, transposeB);
      if (bias) y = biasAdd(call.backend, y, bias);
      y = call.backend.applyActivation(y, activation, preluActivationWeights, leakyreluAlpha);
      return a.shape.length === 3 || b.shape.length === 3 ? tf.expandDims(y, 0) : y;
    });
  };

/** A convolution with BiasAdd in place of an addition that broadcasts. */
const fusedConv2d =
  (theirs: Kernel): Kernel =>
  (call) => {
    const { x, filter, bias, preluActivationWeights } = call.inputs;
    const { strides, pad, dataFormat, dilations, dimRoundingMode, activation, leakyreluAlpha } = call.attrs;
    if (bias?.shape.length !== 1 || dataFormat !== 'NHWC') return theirs(call);
    return tf.tidy(() => {
      const convolved = tf.conv2d(x, filter, strides, pad, dataFormat, dilations, dimRoundingMode);
      const y = biasAdd(call.backend, convolved, bias);
      return call.backend.applyActivation(y, activation, preluActivationWeights, leakyreluAlpha);
    });
  };

/** Sums over fewer columns go over wide rows first. */
const WIDE = 128;

/**
 * A sum over all axes but the last, as for the gradient of a bias. The few channels of a picture leave most of a vector
 * register empty, so whole rows are summed first: 0.10 ms for [64, 28, 28, 8], 0.20 ms directly.
 */
const sum =
  (theirs: Kernel): Kernel =>
  (call) => {
    const { x } = call.inputs;
    const { shape } = x;
    const axes = tf.util.parseAxisParam(call.attrs.axis, shape);
    const last = shape.length - 1;
    const allButLast = last > 0 && axes.length === last && !axes.includes(last);
    if (x.dtype !== 'float32' || call.attrs.keepDims || !allButLast) return theirs(call);
    const columnSums = (y: tf.Tensor) => call.backend.executeSingleOutput('BiasAddGrad', [float(call.backend)], [y]);
    const [columns, across] = [shape[last], shape[last - 1]];
    if (last < 2 || columns * across < WIDE || columns >= WIDE) return columnSums(x);
    return tf.tidy(() => {
      const rows = columnSums(tf.reshape(x, [x.size / (columns * across), columns * across]));
      return columnSums(tf.reshape(rows, [across, columns]));
    });
  };

/**
 * The gradient of average pooling over squares that meet edge to edge: each value is spread over its square. 0.34 ms
 * for [64, 28, 28, 6], 0.49 ms with TensorFlow's kernel.
 */
const avgPoolGrad =
  (theirs: Kernel): Kernel =>
  (call) => {
    const { dy, input } = call.inputs;
    const { filterSize, strides, pad } = call.attrs;
    const [batch, height, width, channels] = input.shape;
    const [down, right] = [filterSize].flat().length === 1 ? [filterSize, filterSize].flat() : filterSize;
    const [stepDown, stepRight] = [strides].flat().length === 1 ? [strides, strides].flat() : strides;
    const meets = down === stepDown && right === stepRight && height % down === 0 && width % right === 0;
    if (!meets || pad !== 'valid') return theirs(call);
    return tf.tidy(() => {
      const share = tf.mul(dy, 1 / (down * right));
      const wide = tf.concat(Array(right).fill(share), 3);
      const row = tf.reshape(wide, [(batch * height) / down, width * channels]);
      return tf.reshape(tf.concat(Array(down).fill(row), 1), input.shape);
    });
  };

/** Gathers rows of a tensor. tfjs-node reads the indices back to check them; TensorFlow checks them itself. */
const gather =
  (theirs: Kernel): Kernel =>
  (call) => {
    const { x, indices } = call.inputs;
    const { axis, batchDims } = call.attrs;
    if (indices.dtype !== 'int32') return theirs(call);
    const { binding } = call.backend;
    const type = (name: string, dtype: number) => ({ name, type: binding.TF_ATTR_TYPE, value: dtype });
    const dtypes: Readonly<Record<string, number>> = { float32: binding.TF_FLOAT, int32: binding.TF_INT32 };
    const dtype = dtypes[x.dtype];
    if (dtype === undefined) return theirs(call);
    return tf.tidy(() =>
      call.backend.executeSingleOutput(
        'GatherV2',
        [
          type('Tparams', dtype),
          type('Tindices', binding.TF_INT32),
          type('Taxis', binding.TF_INT32),
          { name: 'batch_dims', type: binding.TF_ATTR_INT, value: batchDims },
        ],
        [x, indices, tf.scalar(axis, 'int32')],
      ),
    );
  };

const REPLACED: Readonly<Record<string, (theirs: Kernel) => Kernel>> = {
  BatchMatMul: batchMatMul,
  _FusedMatMul: fusedMatMul,
  FusedConv2D: fusedConv2d,
  Sum: sum,
  AvgPoolGrad: avgPoolGrad,
  GatherV2: gather,
};

const ofGradient = (op: string): Kernel => {
  return ({ inputs: { dy, saved }, backend }) => {
    // SoftplusGrad takes the gradient first; TanhGrad and SigmoidGrad take the function's value first.
    const inputs = op === 'TanhGrad' || op === 'SigmoidGrad' ? [saved, dy] : [dy, saved];
    return backend.executeSingleOutput(op, [float(backend)], inputs);
  };
};

const ADDED: Readonly<Record<string, Kernel>> = {
  ReluGrad: ofGradient('ReluGrad'),
  TanhGrad: ofGradient('TanhGrad'),
  SigmoidGrad: ofGradient('SigmoidGrad'),
  SoftplusGrad: ofGradient('SoftplusGrad'),
  LeakyReluGrad: ({ inputs: { dy, saved }, attrs, backend }) =>
    backend.executeSingleOutput(
      'LeakyReluGrad',
      [float(backend), { name: 'alpha', type: backend.binding.TF_ATTR_FLOAT, value: attrs.alpha }],
      [dy, saved],
    ),
  [FUSED_CROSS_ENTROPY]: ({ inputs: { logits, labels }, backend }) =>
    backend.executeMultipleOutputs(
      FUSED_CROSS_ENTROPY,
      [float(backend), { name: 'Tlabels', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_INT32 }],
      [logits, labels],
      2,
    ),
};

/** Registers these kernels with the native engine. A second call changes nothing. */
export function registerTensorFlowKernels(): void {
  if (tf.getKernel(FUSED_CROSS_ENTROPY, BACKEND)) return;
  for (const [kernelName, replace] of Object.entries(REPLACED)) {
    const theirs = tf.getKernel(kernelName, BACKEND);
    if (!theirs) continue;
    tf.unregisterKernel(kernelName, BACKEND);
    const kernelFunc = replace(theirs.kernelFunc as unknown as Kernel) as unknown as tf.KernelFunc;
    tf.registerKernel({ ...theirs, kernelFunc });
  }
  for (const [kernelName, kernel] of Object.entries(ADDED)) {
    tf.registerKernel({ kernelName, backendName: BACKEND, kernelFunc: kernel as unknown as tf.KernelFunc });
  }
}
