import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { DataSet } from '../../data/data-set.ts';
import { type Calibration, calibration } from '../../statistics/calibration.ts';
import type { Probes } from '../../studies/probes.ts';
import type { Loss } from '../losses/index.ts';
import { type BoundaryFrame, boundaryProbe } from './boundary.ts';
import { type ActivationDistributions, type ActivationLook, distributionProbe } from './distributions.ts';
import { type LossSurface, surfaceProbe } from './surface.ts';
import { measureSet } from './whole-set.ts';

/** Something that looks at a model between two steps. Its variables hold the model's state then. */
export interface Look {
  /** After how many updates it looks. */
  readonly steps: readonly number[];
  look(step: number): void;
  dispose(): void;
}

interface Subject {
  readonly model: LayersModel;
  readonly trainable: readonly tf.Variable[];
  readonly loss: Loss;
  readonly data: DataSet;
  readonly testData: DataSet | null;
  readonly epochs: number;
  /** Updates of the whole run. */
  readonly total: number;
}

interface Listeners {
  readonly probes?: Probes;
  readonly onMetrics?: (step: number, metrics: Readonly<Record<string, number>>) => void;
  readonly onBoundary?: (frame: BoundaryFrame) => void;
  readonly onCalibration?: (calibration: Calibration) => void;
  readonly onSurface?: (surface: LossSurface) => void;
  readonly onDistributions?: (distributions: ActivationDistributions) => void;
}

/** The looks that probes ask for and somebody listens to. */
export function looksOf(subject: Subject, listeners: Listeners): Look[] {
  return [boundaryLook, wholeSetLook, surfaceLook, distributionLook].flatMap((make) => make(subject, listeners) ?? []);
}

function boundaryLook({ model, loss, data, total }: Subject, { probes, onBoundary }: Listeners): Look | null {
  const probe = probes?.boundary && onBoundary ? boundaryProbe(model, data, loss.probabilities) : null;
  if (!probe) return null;
  return {
    steps: probes?.boundary?.(total) ?? [],
    look: (step) => onBoundary?.(probe.look(step)),
    dispose: probe.dispose,
  };
}

/**
 * The whole training set and the test set after the last update, and where the probes ask for the test set, in between:
 * there the training set, too, as far as it is cheap.
 */
function wholeSetLook(subject: Subject, { probes, onMetrics, onCalibration }: Listeners): Look | null {
  if (!onMetrics && !onCalibration) return null;
  const { model, loss, data, testData, total } = subject;
  const tested = testData ? [...new Set([...(probes?.test?.(total) ?? []), total])] : [];
  const trained = cheapSteps(tested, subject);
  return {
    steps: testData ? tested : trained,
    look: (step) => {
      const metrics: Record<string, number> = {};
      if (trained.includes(step)) {
        const { loss: trainLoss, accuracy: trainAccuracy } = measureSet(model, data, loss);
        Object.assign(metrics, { trainLoss, trainAccuracy });
      }
      if (testData) {
        const { loss: testLoss, accuracy: testAccuracy, right, confidences } = measureSet(model, testData, loss);
        const calibrated = calibration(confidences, right);
        // Engines clip NaN to different numbers: of a network that diverged nothing is calibrated.
        const ece = Number.isNaN(testAccuracy) ? Number.NaN : calibrated.ece;
        Object.assign(metrics, { testLoss, testAccuracy, ece });
        if (step === total) onCalibration?.(calibrated);
      }
      onMetrics?.(step, metrics);
    },
    dispose: () => {},
  };
}

/** Epochs of training to each look at the training set: a look takes a third of one, so looking takes a sixtieth. */
const EPOCHS_A_LOOK = 20;

/** Of some steps those at which the whole training set is looked at: all where epochs are many, else only the last. */
function cheapSteps(steps: readonly number[], { epochs, total }: Subject): readonly number[] {
  return steps.length <= epochs / EPOCHS_A_LOOK ? steps : [total];
}

function surfaceLook(subject: Subject, { probes, onSurface }: Listeners): Look | null {
  if (!probes?.surface || !onSurface) return null;
  const { model, trainable, data, loss, total } = subject;
  const probe = surfaceProbe(model, trainable, data, loss, total);
  return {
    steps: probe.steps,
    look: (step) => {
      probe.keep(step);
      const surface = step === total ? probe.look() : null;
      if (surface) onSurface(surface);
    },
    dispose: probe.dispose,
  };
}

function distributionLook({ model, data, total }: Subject, { probes, onDistributions }: Listeners): Look | null {
  const probe = probes?.distributions && onDistributions ? distributionProbe(model, data) : null;
  if (!probe) return null;
  const looks: ActivationLook[] = [];
  return {
    steps: probes?.distributions?.(total) ?? [],
    look: (step) => looks.push(probe.look(step)),
    // Told here, so that a run that is interrupted keeps what it has seen.
    dispose: () => {
      if (looks.length > 0) onDistributions?.({ version: 1, rows: probe.rows, looks });
      probe.dispose();
    },
  };
}
