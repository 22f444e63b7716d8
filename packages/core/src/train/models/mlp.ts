import * as tfl from '@tensorflow/tfjs-layers';
import { ActivationLayer } from '../layers.ts';
import { type Build, dense } from './model.ts';

/** Dense layers with an activation, and dropout where it is asked for, after each but the last: [batch, features] to logits. */
export const buildMlp: Build<'mlp'> = ({ hidden, activation, dropout }, { shape, classes, newDropout }) => {
  const model = tfl.sequential();
  if (shape.length > 1) model.add(tfl.layers.flatten({ inputShape: [...shape] }));
  [...hidden, classes].forEach((units, i) => {
    model.add(dense(units, i === 0 && shape.length === 1 ? shape : undefined));
    if (i === hidden.length) return;
    model.add(new ActivationLayer(activation));
    if (dropout > 0) model.add(newDropout(dropout));
  });
  return model;
};
