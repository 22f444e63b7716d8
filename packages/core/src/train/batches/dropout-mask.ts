import type { Rng } from '../../random/rng.ts';
import type { StepInput } from './step-input.ts';

/**
 * The mask of a dropout layer in a step, [rows, units]: 0 where a unit is dropped, 1 / (1 - rate) elsewhere.
 * @param rng the layer's stream, with a substream for each step
 */
export function dropoutMask(rng: Rng, rate: number, step: number, rows: number, units: number): StepInput {
  const drawn = rng.split(`step ${step}`);
  const kept = 1 / (1 - rate);
  const dropped = Math.round(rate * 2 ** 32);
  const values = new Float32Array(rows * units);
  for (let i = 0; i < values.length; i++) if (drawn.uint32() >= dropped) values[i] = kept;
  return { shape: [rows, units], values };
}

/** The stream of a dropout layer, counted from the input. @param rng the seed's generator */
export const dropoutStream = (rng: Rng, layer: number): Rng => rng.split('dropout').split(`layer ${layer}`);
