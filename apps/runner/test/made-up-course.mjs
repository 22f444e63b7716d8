import { fileURLToPath } from 'node:url';
import { BOUNDARY, buildConfig, DATA, Rng, SEEDS, STUDIES } from '@whorl/core';
import { openStore } from '@whorl/store';

/** @typedef {import('@whorl/core').Config} Config */
/** @typedef {import('@whorl/store').RunToInsert} RunToInsert */

// A record of the whole quick course whose numbers nobody trained: what is said of them is known without minutes of
// training. Its environment, commands and notes tell of somebody's computer, as real ones do.
// As a program: node made-up-course.mjs HOME.

/** What nothing that is given to others may hold. */
export const PRIVATE = /** @type {const} */ (['ada-laptop', '/home/ada/course', 'ada@example.org']);

const ENDED = new Date('2026-11-20T10:00:00Z');
const STEPS = 200;

/** @param {number} length @param {(i: number) => number} value */
const column = (length, value) => {
  const times = new Float64Array(length).fill(ENDED.getTime());
  return {
    steps: Float64Array.from({ length }, (_, i) => i + 1),
    values: Float64Array.from({ length }, (_, i) => value(i)),
    times,
  };
};

/** How good a configuration is, from 0 to 1. @param {Config} config */
function quality({ model, optimizer }) {
  const activation = 'activation' in model ? model.activation : 'relu';
  const lr = 'lr' in optimizer ? Number(optimizer.lr) : 0.01;
  const best = optimizer.name === 'adam' ? 0.01 : 1;
  return (activation === 'linear' ? 0.25 : 0.95) * Math.exp(-(Math.log10(lr / best) ** 2) / 8);
}

/** @param {Config} config @param {import('@whorl/core').TrainingStudy} study @returns {RunToInsert['metrics']} */
function metricsOf(config, { probes }) {
  const rng = Rng.of(config.seed).split(JSON.stringify({ ...config, seed: 0 }));
  const noise = () => 1 + 0.02 * rng.normal();
  const good = quality(config);
  const accuracy = Math.min(1, (0.45 + 0.5 * good) * (1 + 0.01 * rng.normal()));
  const diverges = config.study === 'learning-rate' && 'lr' in config.optimizer && Number(config.optimizer.lr) >= 10;
  const loss = diverges ? Number.NaN : 1.1 * (1.02 - good) * noise();
  /** @param {number} value */
  const last = (value) => column(1, () => value);
  const depth = 'hidden' in config.model ? config.model.hidden.length : 3;
  const vanishing = 'block' in config.model && config.model.block === 'plain' ? 1.4 : 0.1;
  const layers = Array.from({ length: depth + 1 }, (_, i) => [
    `gradientNorm.${i + 1}`,
    column(3, () => 10 ** (-vanishing * (depth - i)) * noise()),
  ]);
  return {
    loss: column(STEPS, (i) => 1.1 + (loss - 1.1) * (1 - Math.exp(-i / 40))),
    accuracy: column(STEPS, (i) => 0.33 + (accuracy - 0.33) * (1 - Math.exp(-i / 40))),
    trainLoss: last(loss),
    trainAccuracy: last(accuracy),
    ...(probes.test
      ? { testLoss: last(loss * 1.1), testAccuracy: last(accuracy * 0.97), ece: last(0.08 * noise()) }
      : {}),
    ...(probes.milestones
      ? { [probes.milestones[0]?.key ?? '']: last(good > 0.5 ? Math.round(100 / good) : Infinity) }
      : {}),
    ...(probes.oscillation ? { oscillation: last(0.2 * noise()) } : {}),
    ...(probes.cost
      ? { parameters: last(503), flops: last(1000), optimizerBytes: last(config.optimizer.name === 'sgd' ? 0 : 4024) }
      : {}),
    ...(probes.layers
      ? {
          ...Object.fromEntries(layers),
          initialGradientRatio: last(10 ** (-vanishing * depth) * noise()),
          'activationMean.1': last(0.4 * noise()),
          'activationStd.1': last(0.6 * noise()),
        }
      : {}),
  };
}

const GRID = 24;

/** Thirds of the plane, by the angle. */
function boundaryData() {
  const data = new Uint8Array(GRID * GRID * 3);
  for (let row = 0; row < GRID; row++) {
    for (let at = 0; at < GRID; at++) {
      const angle = Math.atan2(GRID / 2 - row, at - GRID / 2) / (2 * Math.PI) + 0.5;
      const turned = (angle + Math.hypot(GRID / 2 - row, at - GRID / 2) / GRID) % 1;
      data[3 * (row * GRID + at) + Math.min(2, Math.floor(3 * turned))] = turned % 0.33 < 0.04 ? 140 : 250;
    }
  }
  return data;
}

function pointsData() {
  const count = 90;
  const places = Float32Array.from({ length: 2 * count }, (_, i) => Math.sin(1.7 * i) * 0.9);
  return Uint8Array.of(...new Uint8Array(places.buffer), ...Array.from({ length: count }, (_, i) => i % 3));
}

/**
 * Records the quick plans of these studies, or of all.
 * @param {string} home
 * @param {readonly string[]} studies
 * @param {(config: Config) => boolean} leaveOut runs that are not recorded
 */
export async function recordMadeUpCourse(home, studies = STUDIES.map(({ id }) => id), leaveOut = () => false) {
  const store = await openStore({ home });
  try {
    for (const study of STUDIES.filter(({ id }) => studies.includes(id))) {
      const { id: experimentId } = await store.experiments.ensure(
        study.kind === 'training' ? `${study.id} (quick)` : study.id,
        study.id,
      );
      if (study.kind === 'demonstration' || study.demonstrated) {
        const title = { en: 'a product', zh: '乘积' };
        const output = { en: 'the number 13', zh: '数字 13' };
        await store.demonstrations.keep(experimentId, 'wasm', [{ title, code: 'a | b', output, holds: true }]);
      }
      if (study.kind !== 'training') continue;
      const configs = study
        .variants('quick')
        .flatMap((values) => SEEDS.quick.map((seed) => buildConfig(study.defaults, { ...values, seed })))
        .filter((config) => !leaveOut(config));
      const [host, folder, user] = PRIVATE;
      const ids = await store.runs.insertMany(
        configs.map(
          /** @returns {RunToInsert} */ (config) => ({
            ...{ experimentId, config, status: 'finished', engine: 'portable', mode: 'compiled' },
            name: `${study.id} ${folder}`,
            environment: { host, user, cwd: folder },
            command: `npx whorl run ${folder}`,
            notes: user,
            ...{ createdAt: ENDED, startedAt: ENDED, endedAt: ENDED, durationMs: 1000 },
            metrics: metricsOf(config, study),
          }),
        ),
      );
      if (!study.probes.boundary) continue;
      for (const id of ids) {
        const { name, mediaType } = BOUNDARY;
        const meta = { grid: GRID, classes: 3, extent: 1.1 };
        await store.artifacts.put(id, { name, mediaType, step: 1000, meta, data: boundaryData() });
        const of = { count: 90, features: 2, classes: 3 };
        await store.artifacts.put(id, { name: DATA.name, mediaType: DATA.mediaType, meta: of, data: pointsData() });
      }
    }
  } finally {
    await store.close();
  }
}

const [, program, home] = process.argv;
if (home && program === fileURLToPath(import.meta.url)) await recordMadeUpCourse(home);
