import { CALIBRATION } from '../../artifacts/artifacts.ts';
import { calibration } from '../../statistics/calibration.ts';
import { formatNumber } from '../../text/format-number.ts';
import type { TrainEvent } from '../events/events.ts';
import type { Probe, Subject } from './probe.ts';
import { measureSet } from './whole-set.ts';

/**
 * Measures the whole training set and the test set after the last update and, where the probes ask for the test set, in
 * between: then the training set, too, as often as that is cheap. At the end it also measures calibration on the test
 * set.
 */
export const wholeSets: Probe = {
  id: 'whole sets',
  start: (subject) => {
    const { model, loss, data, testData, total, probes } = subject;
    const steps = [...new Set([...(probes.test?.(total) ?? []), total])];
    const trained = cheapSteps(steps, subject);
    return {
      steps,
      look: (step) => {
        const metrics: Record<string, number> = {};
        if (trained.includes(step)) {
          const { loss: trainLoss, accuracy: trainAccuracy } = measureSet(model, data, loss);
          Object.assign(metrics, { trainLoss, trainAccuracy });
        }
        const { loss: testLoss, accuracy: testAccuracy, right, confidences } = measureSet(model, testData, loss);
        const calibrated = calibration(confidences, right);
        // Engines clip NaN to different numbers, and a diverged network is calibrated in no way.
        const ece = Number.isNaN(testAccuracy) ? Number.NaN : calibrated.ece;
        Object.assign(metrics, { testLoss, testAccuracy, ece });
        const events: TrainEvent[] = [{ kind: 'metrics', step, metrics }];
        if (step === total) {
          const remark = `calibration on the test set: expected calibration error ${formatNumber(calibrated.ece)}`;
          const { name, mediaType } = CALIBRATION;
          events.push({ kind: 'artifact', artifact: { name, step: null, mediaType, data: calibrated, remark } });
        }
        return events;
      },
      dispose: () => {},
    };
  },
};

/**
 * Epochs of training for each look at the training set: a look takes a third of an epoch, so looks take a sixtieth of
 * the time.
 */
const EPOCHS_A_LOOK = 20;

/**
 * Of the given steps, those at which the whole training set is measured: all where epochs are many, else only the last.
 */
function cheapSteps(steps: readonly number[], { epochs, total }: Subject): readonly number[] {
  return steps.length <= epochs / EPOCHS_A_LOOK ? steps : [total];
}
