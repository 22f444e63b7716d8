import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradient of a convolution with respect to its filter, which the WASM backend lacks: for each place of the filter,
 * the product of the inputs that it saw, [batch x positions, channels], and the gradient, [batch x positions, filters].
 */
function conv2dBackpropFilter(call: {
  readonly inputs: { readonly x: tf.Tensor4D; readonly dy: tf.Tensor4D };
  // biome-ignore lint/suspicious/noExplicitAny: what a kernel is given, TF.js does not type
  readonly attrs: any;
}): tf.Tensor {
  const { x, dy } = call.inputs;
  const { strides, pad, dimRoundingMode, filterShape } = call.attrs;
  const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
  const { top, bottom, left, right } = info.padInfo;
  const { batchSize, outHeight, outWidth, inChannels, outChannels, strideHeight, strideWidth } = info;
  return tf.tidy(() => {
    const padded = tf.pad(x, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    const positions = batchSize * outHeight * outWidth;
    const gradient = tf.reshape(dy, [positions, outChannels]);
    const products: tf.Tensor[] = [];
    for (let row = 0; row < info.filterHeight; row++) {
      for (let column = 0; column < info.filterWidth; column++) {
        const seen = tf.stridedSlice(
          padded,
          [0, row, column, 0],
          [batchSize, row + (outHeight - 1) * strideHeight + 1, column + (outWidth - 1) * strideWidth + 1, inChannels],
          [1, strideHeight, strideWidth, 1],
        );
        products.push(tf.matMul(tf.reshape(seen, [positions, inChannels]), gradient, true, false));
      }
    }
    return tf.reshape(tf.stack(products), filterShape);
  });
}

/** Adds what training convolutions needs to the WASM backend. A second call changes nothing. */
export function registerWasmKernels(): void {
  if (tf.getKernel('Conv2DBackpropFilter', 'wasm')) return;
  const kernelFunc = conv2dBackpropFilter as unknown as tf.KernelFunc;
  tf.registerKernel({ kernelName: 'Conv2DBackpropFilter', backendName: 'wasm', kernelFunc });
}
