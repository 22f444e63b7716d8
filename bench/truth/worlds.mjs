import { Rng } from '@whorl/core';

// Made-up comparisons of which the truth is known. Levels are drawn alike, except for the first where it is to be
// better. A seed has an effect on all levels, a level of a seed has another one, and each run has little more.

export const PATH = 'model.activation';
const IRRELEVANT = 'optimizer.weightDecay';
/** In units of the effect of a level of a seed. */
const SEED_EFFECT = 1;
const RUN_EFFECT = 0.3;
const CROSSED_EFFECT = 0.5;
/** A level has a spread of 1, so the difference of two has √2. */
const PAIR = Math.SQRT2;
const FAILS = 0.15;
const ROWS = 30;

/**
 * What is measured of a run that is off by `x`: `x` itself; far more often a little too high than far too low; an
 * accuracy near 1; an accuracy on few test rows; and a value of runs of which some fail.
 * @typedef {'normal' | 'skewed' | 'near 1' | '30 test rows' | 'some seeds fail'} World
 */

/** @type {readonly World[]} */
export const WORLDS = ['normal', 'skewed', 'near 1', '30 test rows', 'some seeds fail'];

const logistic = (/** @type {number} */ x) => 1 / (1 + Math.exp(-x));

/** @param {World} world @param {number} x in standard deviations, approximately @param {Rng} rng */
function measured(world, x, rng) {
  switch (world) {
    case 'near 1':
      return logistic(4 + 0.5 * x);
    case '30 test rows': {
      const p = logistic(2.5 + 0.5 * x);
      let right = 0;
      for (let row = 0; row < ROWS; row++) right += rng.uniform() < p ? 1 : 0;
      return right / ROWS;
    }
    case 'some seeds fail':
      return rng.uniform() < FAILS ? Number.NaN : x;
    default:
      return x;
  }
}

/**
 * A number with a standard deviation of 1; the skewed one is minus a lognormal one.
 * @param {World} world @param {Rng} rng
 */
function draw(world, rng) {
  if (world !== 'skewed') return rng.normal();
  const sigma = 0.6;
  const variance = Math.expm1(sigma ** 2) * Math.exp(sigma ** 2);
  return -(Math.exp(sigma * rng.normal()) - Math.exp(sigma ** 2 / 2)) / Math.sqrt(variance);
}

/**
 * The runs of a comparison by {@link PATH}.
 * @param {{ world: World, levels: number, seeds: number, crossed: number, lead?: number }} of
 *   `crossed`: levels of something irrelevant; `lead`: by how many standard deviations of a pair's difference the first
 *   level is better
 * @param {Rng} rng
 * @returns {import('@whorl/core').Observation[]} in order of their seeds, of one launch
 */
export function runsOf({ world, levels, seeds, crossed, lead = 0 }, rng) {
  const runs = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const ofSeed = SEED_EFFECT * draw(world, rng);
    for (let level = 0; level < levels; level++) {
      const ofLevel = draw(world, rng) + (level === 0 ? lead * PAIR : 0);
      for (let other = 0; other < Math.max(1, crossed); other++) {
        const off = crossed > 0 ? RUN_EFFECT * rng.normal() + CROSSED_EFFECT * (other - (crossed - 1) / 2) : 0;
        const params = { [PATH]: `level ${level}`, seed, ...(crossed > 0 ? { [IRRELEVANT]: other } : {}) };
        runs.push({ params, value: measured(world, ofSeed + ofLevel + off, rng), launch: 1 });
      }
    }
  }
  return runs;
}

const DRAWS = 100_000;
/** @type {Map<string, number>} */
const means = new Map();

/** The mean of a level over all possible seeds. @param {World} world @param {number} crossed */
export function meanOf(world, crossed) {
  const key = `${world} ${crossed}`;
  const known = means.get(key);
  if (known !== undefined) return known;
  const rng = Rng.of(2).split(key);
  let [sum, count] = [0, 0];
  const shape = { world, levels: 1, seeds: Math.ceil(DRAWS / Math.max(1, crossed)), crossed };
  for (const { value } of runsOf(shape, rng)) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    count += 1;
  }
  means.set(key, sum / count);
  return sum / count;
}
