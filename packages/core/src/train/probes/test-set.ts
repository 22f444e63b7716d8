import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { DataSet } from '../../data/data-set.ts';
import { type Calibration, calibration } from '../../statistics/calibration.ts';
import { accuracyOf } from '../accuracy.ts';
import type { Loss } from '../losses/index.ts';

/** What a model makes of data that it was not trained on. */
export interface TestSetMetrics {
  readonly testLoss: number;
  readonly testAccuracy: number;
  /** Expected calibration error, see statistics/calibration.ts. */
  readonly ece: number;
}

export interface TestSetProbe {
  look(): { readonly metrics: TestSetMetrics; readonly calibration: Calibration };
  dispose(): void;
}

export function testSetProbe(model: LayersModel, data: DataSet, loss: Loss): TestSetProbe {
  const x = tf.tensor(data.x, [data.count, ...data.shape]);
  const labels = tf.tensor1d(data.labels, 'int32');
  return {
    look: () => {
      const [measured, probabilities] = tf.tidy(() => {
        const logits = model.apply(x) as tf.Tensor2D;
        const mean = loss.mean(logits, labels);
        return [tf.stack([mean, accuracyOf(logits, labels, mean)]), loss.probabilities(logits)];
      }) as [tf.Tensor1D, tf.Tensor2D];
      const [testLoss = Number.NaN, testAccuracy = Number.NaN] = measured.dataSync();
      const calibrated = calibration(Float32Array.from(probabilities.dataSync()), data.labels);
      tf.dispose([measured, probabilities]);
      // Engines clip NaN to different numbers: of a network that diverged nothing is calibrated.
      const ece = Number.isNaN(testAccuracy) ? Number.NaN : calibrated.ece;
      return { metrics: { testLoss, testAccuracy, ece }, calibration: calibrated };
    },
    dispose: () => tf.dispose([x, labels]),
  };
}
