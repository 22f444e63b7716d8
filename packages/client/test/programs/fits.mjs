// A program that trains with TF.js, and leaves it to the client to end its run.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import * as whorl from '../../dist/node/entry.js';

const run = await whorl.init({ experiment: process.argv[2] ?? '', config: { units: 1 } });
const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'zeros' })] });
model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
const x = tf.tensor2d([[0], [1], [2], [3]]);
const { history } = await model.fit(x, tf.mul(x, 2), {
  epochs: 5,
  batchSize: 2,
  shuffle: false,
  callbacks: whorl.whorlCallback(run, { batches: true }),
});
console.log(JSON.stringify({ id: run.id, loss: history.loss }));
