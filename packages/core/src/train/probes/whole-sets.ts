import { CALIBRATION } from '../../artifacts/artifacts.ts';
import { calibration } from '../../statistics/calibration.ts';
import { formatNumber } from '../../text/format-number.ts';
import type { TrainEvent } from '../events/events.ts';
import type { Probe, Subject } from './probe.ts';
import { measureSet } from './whole-set.ts';

/**
 * The whole training set and the test set after the last update, and where the probes ask for the test set, in between:
 * there the training set, too, as far as it is cheap. In the end also how confidence and accuracy agree on the test set.
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
        // Engines clip NaN to different numbers: of a network that diverged nothing is calibrated.
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

/** Epochs of training to each look at the training set: a look takes a third of one, so looking takes a sixtieth. */
const EPOCHS_A_LOOK = 20;

/** Of some steps those at which the whole training set is looked at: all where epochs are many, else only the last. */
function cheapSteps(steps: readonly number[], { epochs, total }: Subject): readonly number[] {
  return steps.length <= epochs / EPOCHS_A_LOOK ? steps : [total];
}
