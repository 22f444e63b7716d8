import { Rng } from '../../random/rng.ts';
import { augmentation } from '../batches/augmentation.ts';
import { Batches } from '../batches/batches.ts';
import { dropoutMask, dropoutStream } from '../batches/dropout-mask.ts';
import { inputsOfStep } from '../batches/inputs-of-step.ts';
import { scalarsOf } from '../optimizers/scalars.ts';
import { learningRate } from '../optimizers/schedules.ts';
import { lower } from '../portable/lower.ts';
import type { Prepared } from '../prepare.ts';
import { layerMeasures } from '../probes/layer-measures.ts';
import { denseUnits, initialState, kernelsOf, type NetworkState } from './network-state.ts';

/** A training that advances when told to, and can be looked at in between. */
export interface Trainer {
  /** The updates of the whole training. */
  readonly steps: number;
  /**
   * The names of the numbers that a step measures of its batch before its update: `loss`, `accuracy`, and those of the
   * layers.
   */
  readonly measures: readonly string[];
  /** How many updates were made. */
  done(): number;
  /**
   * Makes up to `count` further updates.
   * @returns [updates, measures] measured numbers, row by row; no row once the training has ended
   */
  advance(count: number): Float32Array;
  /** The state of the network after the last update. */
  state(): NetworkState;
}

/**
 * Trains a network on the portable engine alone, without TF.js: the same bits as `train` gives with that engine, for
 * who looks at every moment of it.
 * @param layers whether what goes through each layer is measured
 * @throws UncompilableError where there is not enough memory
 */
export async function openTrainer(prepared: Prepared, { layers = false } = {}): Promise<Trainer> {
  const { config, train: data, steps, stepsPerEpoch } = prepared;
  const { dropout } = config.model;
  const rng = Rng.of(config.seed);
  const batches = new Batches(data.count, config.batchSize, rng.split('shuffle'));
  const dropped = dropout > 0 ? denseUnits(config.model) : [];
  const masks = dropped.map((units, layer) => {
    const stream = dropoutStream(rng, layer);
    return (step: number, rows: number) => dropoutMask(stream, dropout, step, rows, units);
  });
  const lr = (step: number) => learningRate(config, stepsPerEpoch, step);
  const augment = augmentation(config.data, data, rng.split('augment'));
  const sources = { batches, shape: data.shape, augment, masks, scalars: scalarsOf(config.optimizer), lr };
  const weighted = kernelsOf(config, data).length;
  const measures = ['loss', 'accuracy', ...(layers ? layerMeasures(weighted, weighted - 1) : [])];
  const lowered = await lower({
    ...{ config, data, batches, inputs: (step) => inputsOfStep(sources, step) },
    ...{ augments: augment !== undefined, dropouts: masks.length, probes: layers, width: measures.length },
  });
  const start = initialState(config, data);
  for (const [i, values] of start.weights.entries()) lowered.trained[i]?.write(values);
  for (const [i, values] of start.running.entries()) lowered.running[i]?.write(values);

  let done = 0;
  return {
    steps,
    measures,
    done: () => done,
    advance: (count) => {
      const last = Math.min(steps, done + count);
      const rows = new Float32Array(Math.max(0, last - done) * measures.length);
      for (let filled = 0; done < last; ) {
        // All steps of a call must have the same number of rows.
        let end = done + 1;
        while (end < last && batches.size(end) === batches.size(done)) end += 1;
        const measured = lowered.run(done, end - done);
        rows.set(measured, filled);
        filled += measured.length;
        done = end;
      }
      return rows;
    },
    state: () => ({
      weights: lowered.trained.map((held) => held.read()),
      running: lowered.running.map((held) => held.read()),
    }),
  };
}
