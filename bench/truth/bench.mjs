import { compare, Rng } from '@whorl/core';
import { machine, printTable } from '../measure/report.mjs';
import { meanOf, PATH, runsOf, WORLDS } from './worlds.mjs';

const SEED = 1;
const ALPHA = 0.05;
/** A figure that deviates from the promised one by more than this many standard errors is a miss. */
const ERRORS = 3;
const WHOLE = { levels: [2, 4, 8], seeds: [3, 5, 10], crossed: [0, 6], sets: 1_000, looks: 10 };
const TINY = { levels: [2, 4], seeds: [3], crossed: [0], sets: 20, looks: 4 };
/** By how many standard deviations of a pair's difference the better level is better. */
const LEAD = 4;
/** In what percentage of cases the better of four levels of three normal seeds must be named. */
const LEAST_POWER = 90;
const BY = { metric: 'value', by: [PATH], goal: /** @type {const} */ ('highest') };
/** Shares get intervals of their own kind. @param {World} world */
const asked = (world) => (world === 'near 1' || world === '30 test rows' ? { ...BY, metric: 'testAccuracy' } : BY);

/** @typedef {import('./worlds.mjs').World} World */
/** @typedef {import('@whorl/core').Verdict} Verdict */
/** @typedef {Record<string, string | number | null>} Row */

/**
 * Comparisons of made-up runs of which the truth is known. In percent: how often a winner is named among equal levels
 * (`falseWinner`), two of them are told apart, whatever the verdict (`falsePair`), or their effect is said to depend on
 * what they are crossed with (`falseDepends`); how often the better level is named (`power`); and how often the
 * interval of a level holds its mean (`coverage`). It calls the function that pages and the command line call. `misses`
 * lists what is not as promised: false winners or dependences above 5%, power below 90% for four levels of three normal
 * seeds, coverage outside of 93 to 97% (normal) or below 90%, each by more than three times the error of so many sets;
 * of ninety rows, two or three are beyond two by chance.
 * @param {{ rounds?: number | undefined, tiny: boolean, json: boolean }} options rounds: how many sets of runs a row has
 */
export async function bench({ tiny, json, rounds }) {
  const extent = tiny ? TINY : WHOLE;
  const sets = rounds ?? extent.sets;
  if (!json) console.log(`${machine()}, ${sets} sets a row: 5% is 5 ± ${(ERRORS * errorOf(ALPHA, sets)).toFixed(1)}\n`);
  /** @type {Row[]} */
  const rows = [];
  for (const world of WORLDS) {
    for (const levels of extent.levels) {
      for (const seeds of extent.seeds) {
        for (const crossed of extent.crossed) rows.push(rowOf({ world, levels, seeds, crossed }, sets));
      }
    }
  }
  rows.push(...extent.levels.slice(0, 2).map((levels) => looksOf(levels, extent.looks, sets)));
  if (json) console.log(JSON.stringify({ rows }));
  else printTable(rows);
}

/** The standard error of a share. @param {number} share @param {number} sets */
const errorOf = (share, sets) => 100 * Math.sqrt((share * (1 - share)) / sets);

/** @param {{ world: World, levels: number, seeds: number, crossed: number }} of @param {number} sets @returns {Row} */
function rowOf(of, sets) {
  const { world, levels, seeds, crossed } = of;
  const rng = Rng.of(SEED).split(JSON.stringify(of));
  const truth = meanOf(world, crossed);
  const counts = { winner: 0, pair: 0, depends: 0, covered: 0, intervals: 0, found: 0 };
  for (let set = 0; set < sets; set++) {
    const { verdict, pairs, levels: found } = compare(runsOf(of, rng), asked(world));
    counts.winner += namesWinner(verdict) ? 1 : 0;
    counts.depends += verdict.kind === 'depends' ? 1 : 0;
    counts.pair += pairs.some(({ pAdjusted = 1 }) => pAdjusted < ALPHA) ? 1 : 0;
    for (const { summary } of found) {
      if (!summary?.ci95) continue;
      counts.intervals += 1;
      counts.covered += summary.ci95[0] <= truth && truth <= summary.ci95[1] ? 1 : 0;
    }
    const better = compare(runsOf({ ...of, lead: LEAD }, rng), asked(world)).verdict;
    counts.found += better.kind === 'best' && better.best === `level 0` ? 1 : 0;
  }
  const percent = (/** @type {number} */ count, /** @type {number} */ all) => Number(((100 * count) / all).toFixed(1));
  const row = {
    case: `${world}, ${levels} levels, ${seeds} seeds${crossed > 0 ? ` x ${crossed}` : ''}`,
    falseWinner: percent(counts.winner, sets),
    falsePair: percent(counts.pair, sets),
    falseDepends: crossed > 0 ? percent(counts.depends, sets) : null,
    power: percent(counts.found, sets),
    coverage: percent(counts.covered, counts.intervals),
  };
  return { ...row, misses: missesOf(of, row, sets).join(', ') || '-' };
}

/** Whether a level is called better, at least at one level of something else. @param {Verdict} verdict */
const namesWinner = (verdict) =>
  verdict.kind === 'best' ||
  (verdict.kind === 'depends' && verdict.within.some(({ comparison }) => comparison.verdict.kind === 'best'));

/**
 * @param {{ world: World, levels: number, seeds: number }} of
 * @param {{ falseWinner: number, falseDepends: number | null, power: number, coverage: number }} row
 * @param {number} sets
 */
function missesOf({ world, levels, seeds }, { falseWinner, falseDepends, power, coverage }, sets) {
  const [least, most] = world === 'normal' ? [93, 97] : [90, 100];
  const slack = ERRORS * errorOf(least / 100, sets);
  const most5 = 100 * ALPHA + ERRORS * errorOf(ALPHA, sets);
  const isPromised = world === 'normal' && levels === 4 && seeds === 3;
  return [
    ...(falseWinner > most5 ? ['false winners'] : []),
    ...((falseDepends ?? 0) > most5 ? ['false dependences'] : []),
    ...(isPromised && power < LEAST_POWER - ERRORS * errorOf(LEAST_POWER / 100, sets) ? ['power'] : []),
    ...(coverage < least - slack || coverage > most + slack ? ['coverage'] : []),
  ];
}

/**
 * Somebody adds one seed at a time, each by a launch of its own, and looks each time, up to `most` seeds.
 * @param {number} levels @param {number} most @param {number} sets @returns {Row}
 */
function looksOf(levels, most, sets) {
  const rng = Rng.of(SEED).split(`looks ${levels}`);
  let named = 0;
  for (let set = 0; set < sets; set++) {
    const together = runsOf({ world: 'normal', levels, seeds: most, crossed: 0 }, rng);
    const runs = together.map((run) => ({ ...run, launch: Number(run.params.seed) }));
    for (let seeds = 3; seeds <= most; seeds++) {
      if (!namesWinner(compare(runs.slice(0, seeds * levels), BY).verdict)) continue;
      named += 1;
      break;
    }
  }
  const falseWinner = Number(((100 * named) / sets).toFixed(1));
  const misses = falseWinner > 100 * ALPHA + ERRORS * errorOf(ALPHA, sets) ? 'false winners' : '-';
  const untold = { falsePair: null, falseDepends: null, power: null, coverage: null };
  return { case: `normal, ${levels} levels, looks after 3 to ${most} seeds`, falseWinner, ...untold, misses };
}
