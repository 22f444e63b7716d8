import { buildConfig, trainingStudy } from '@whorl/core';
import { follow, train } from '@whorl/core/train';
import { CASES } from './cases.mjs';

/** More steps than one event reports. */
const MOST_TOLD = 1000;

/** @typedef {{ case: string, warm: number, steps: number }} Question */

/**
 * The time of a step, on Node or in a browser. The clock starts after `warm` steps: PyTorch keeps one training for all
 * rounds, while this starts a new one each time.
 * @param {{ engine: import('@whorl/core/train').Engine, prepare: typeof import('@whorl/core/node').prepare, mode: string | undefined }} on
 * @param {Question} question
 */
export async function stepTime({ engine, prepare, mode }, { case: id, warm, steps }) {
  const values = CASES[id]?.values ?? {};
  const configOf = (/** @type {number} */ epochs) =>
    buildConfig(trainingStudy('spiral').defaults, { ...values, epochs });
  const { stepsPerEpoch } = await prepare(configOf(1));
  const config = configOf(Math.ceil((warm + steps + MOST_TOLD) / stepsPerEpoch));
  const enough = new AbortController();
  let told = { step: 0, at: 0 };
  /** @type {typeof told | undefined} */
  let start;
  const training = train(await prepare(config), {
    engine,
    eager: mode === 'eager',
    looks: false,
    signal: enough.signal,
  });
  const result = await follow(training, (event) => {
    if (event.kind !== 'steps') return;
    // The steps of one call are reported together: the clock starts between two calls.
    told = { step: event.steps.at(-1)?.step ?? 0, at: performance.now() };
    if (start && told.step >= start.step + steps) enough.abort();
    if (told.step >= warm) start ??= told;
  });
  if (result.mode !== mode) throw new Error(`trained ${result.mode}: ${result.eagerReason}`);
  if (!start) throw new Error(`ended after ${told.step} steps, before the clock started`);
  return { ms: (told.at - start.at) / (told.step - start.step) };
}
