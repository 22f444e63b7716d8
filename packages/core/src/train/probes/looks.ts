import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { DataSet } from '../../data/data-set.ts';
import type { Probes } from '../../probes.ts';
import type { Calibration } from '../../statistics/calibration.ts';
import type { Loss } from '../losses/index.ts';
import { type BoundaryFrame, boundaryProbe } from './boundary.ts';
import { type ActivationDistributions, type ActivationLook, distributionProbe } from './distributions.ts';
import { type LossSurface, surfaceProbe } from './surface.ts';
import { testSetProbe } from './test-set.ts';

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
  return [boundaryLook, testSetLook, surfaceLook, distributionLook].flatMap((make) => make(subject, listeners) ?? []);
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

function testSetLook({ model, loss, testData, total }: Subject, { probes, ...listeners }: Listeners): Look | null {
  if (!probes?.test || !testData) return null;
  const probe = testSetProbe(model, testData, loss);
  return {
    steps: probes.test(total),
    look: (step) => {
      const { metrics, calibration } = probe.look();
      listeners.onMetrics?.(step, { ...metrics });
      if (step === total) listeners.onCalibration?.(calibration);
    },
    dispose: probe.dispose,
  };
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
