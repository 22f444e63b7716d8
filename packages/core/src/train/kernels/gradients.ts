import * as tf from '@tensorflow/tfjs-core';

// TF.js composes the gradients of activations from many small operations. Where an engine has a kernel for one, this
// makes it a single operation; elsewhere they stay composed.

interface FusedGradient {
  readonly kernel: string;
  /** Which tensor of the forward pass the kernel needs. */
  readonly saves: 'input' | 'output';
  /** The gradient for engines without such a kernel. */
  readonly composed: (dy: tf.Tensor, saved: tf.Tensor, attributes: tf.NamedAttrMap) => tf.Tensor;
}

const FUSED: Readonly<Record<string, FusedGradient>> = {
  Relu: {
    kernel: 'ReluGrad',
    saves: 'output',
    composed: (dy, y) => tf.mul(dy, tf.cast(tf.step(y), 'float32')),
  },
  Tanh: { kernel: 'TanhGrad', saves: 'output', composed: (dy, y) => tf.mul(tf.sub(1, tf.square(y)), dy) },
  Sigmoid: {
    kernel: 'SigmoidGrad',
    saves: 'output',
    composed: (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y))),
  },
  Softplus: { kernel: 'SoftplusGrad', saves: 'input', composed: (dy, x) => tf.mul(dy, tf.sigmoid(x)) },
  LeakyRelu: {
    kernel: 'LeakyReluGrad',
    saves: 'input',
    composed: (dy, x, { alpha }) => tf.where(tf.greater(x, 0), dy, tf.mul(dy, alpha as number)),
  },
};

/** Replaces TF.js's gradients of the activation functions. */
export function registerFusedGradients(): void {
  for (const [kernelName, { kernel, saves, composed }] of Object.entries(FUSED)) {
    tf.registerGradient({
      kernelName,
      ...(saves === 'input' ? { inputsToSave: ['x'] } : { outputsToSave: [true] }),
      gradFunc: (dy, saved, attributes) => {
        const [kept] = saved as [tf.Tensor];
        const gradient = dy as tf.Tensor;
        const fused = () => {
          const inputs = { dy: gradient, saved: kept } as unknown as tf.NamedTensorMap;
          return tf.engine().runKernel(kernel, inputs, attributes) as tf.Tensor;
        };
        const x = () => (tf.getKernel(kernel, tf.getBackend()) ? fused() : composed(gradient, kept, attributes));
        return { x };
      },
    });
  }
}
