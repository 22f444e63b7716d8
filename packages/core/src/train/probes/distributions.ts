import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ACTIVATION_LOOKS } from '../../artifacts/artifacts.ts';
import type { DataSet } from '../../data/data-set.ts';
import { type Histogram, histogramOf } from '../../statistics/histogram.ts';
import { ActivationLayer, watching } from '../layers/layers.ts';
import type { Probe } from './probe.ts';

/** The outputs of each hidden layer's activation function at one moment of a training. */
interface ActivationLook {
  readonly step: number;
  /** For each layer from the input, over all its units and all rows looked at. */
  readonly layers: readonly Histogram[];
}

/** Enough for the shape of a distribution: a layer of 32 units has 8,192 outputs of them. */
const MOST_ROWS = 256;

interface DistributionProbe {
  readonly rows: number;
  look(step: number): ActivationLook;
  dispose(): void;
}

/** Records the outputs of activation functions; null for a model without any. */
function distributionProbe(model: LayersModel, data: DataSet): DistributionProbe | null {
  const activations = model.layers.filter((layer) => layer instanceof ActivationLayer);
  if (activations.length === 0) return null;
  const rows = Math.min(MOST_ROWS, data.count);
  const x = evenRows(data, rows);
  return {
    rows,
    look: (step) => {
      watching(activations, () =>
        tf.tidy(() => {
          model.apply(x);
        }),
      );
      const layers = activations.map((layer) => {
        const seen = layer.takeSeen();
        const values = seen.dataSync() as Float32Array;
        seen.dispose();
        return histogramOf(values);
      });
      return { step, layers };
    },
    dispose: () => x.dispose(),
  };
}

/** Rows spread evenly over the data, which may be ordered by class. */
function evenRows({ x, count, shape, features }: DataSet, rows: number): tf.Tensor {
  const picked = new Float32Array(rows * features);
  for (let row = 0; row < rows; row++) {
    const from = Math.floor((row * count) / rows) * features;
    picked.set(x.subarray(from, from + features), row * features);
  }
  return tf.tensor(picked, [rows, ...shape]);
}

/** How activations were distributed at each look. An interrupted run keeps the looks so far. */
export const distributions: Probe = {
  id: ACTIVATION_LOOKS.name,
  start: ({ model, data, total, probes }) => {
    const probe = probes.distributions ? distributionProbe(model, data) : null;
    if (!probe) return null;
    const looks: ActivationLook[] = [];
    return {
      steps: probes.distributions?.(total) ?? [],
      look: (step) => {
        looks.push(probe.look(step));
        return [];
      },
      end: () => {
        if (looks.length === 0) return [];
        const { name, mediaType } = ACTIVATION_LOOKS;
        const data = { version: 1, rows: probe.rows, looks };
        return [{ kind: 'artifact', artifact: { name, step: null, mediaType, data } }];
      },
      dispose: probe.dispose,
    };
  },
};
