import {
  ACTIVATION_IDS,
  ACTIVATIONS,
  boundsAt,
  buildConfig,
  type Config,
  isPlanar,
  KINDS,
  parseConfig,
  trainingStudy,
} from '@whorl/core';
import { type Colour, levelColour, PALETTE } from '#src/charts/colours.ts';
import type { Look } from '#src/charts/looks.ts';
import type { Control, LabPlan } from '../model/plan.ts';
import { BLOCK_CONTROL, INIT_CONTROL, optionsOf, rateControl, seedControl } from './common-controls.ts';

const BATCHES = [8, 16, 32, 64, 128, 256];
/** Layers that fit into the field, and into the patience of who waits for a frame. */
const MOST_LAYERS = 12;

const labelled = (kinds: Readonly<Record<string, { readonly label: string }>>, ids: readonly string[]) =>
  ids.map((id) => ({ name: id, value: id, label: kinds[id]?.label ?? id }));

/** Every data set in the plane: what is drawn, not read. */
const DATA_IDS = Object.keys(KINDS.data).filter((id) => id !== 'csv' && isPlanar(id));

/** What the reader draws, or has in a file. */
const OWN_DATA = [
  { name: 'drawn', value: 'csv', label: { en: 'points that I draw', zh: '自己画的点' } },
  { name: 'file', value: 'csv', label: { en: 'a CSV file of mine', zh: '自己的 CSV 文件' } },
] as const;
/** Points of a class, at first. */
const POINTS = 200;

/** Three seeds beside each other. */
const SEED_LOOKS: readonly Look[] = (['solid', 'dashed', 'dotted'] as const).map((stroke, i) => ({
  colour: PALETTE[i] as Colour,
  stroke,
}));

/** A number that some schedules have, each its own. */
const ownOf = (name: string, path: string, of: (schedule: Config['schedule']) => number): Control => ({
  ...{ kind: 'own-number', name, path, by: 'schedule', bounds: boundsAt(path) },
  fallbacks: Object.fromEntries(
    Object.keys(KINDS.schedule).map((id) => [
      id,
      of(parseConfig({ ...trainingStudy('spiral').defaults, schedule: { name: id } }).schedule),
    ]),
  ),
});

/** One network, and all that its config may have. */
export function playgroundPlan(): LabPlan {
  const { defaults } = trainingStudy('spiral');
  const noises = DATA_IDS.map((id): [string, number] => {
    const { data } = buildConfig(defaults, { 'data.name': id });
    return [id, 'noise' in data ? data.noise : Number.NaN];
  });
  return {
    id: 'playground',
    defaults,
    cells: [
      {
        name: { en: 'Your network', zh: '你的网络' },
        values: {},
        look: { colour: levelColour('model.activation', 'relu'), stroke: 'solid' },
      },
    ],
    controls: [
      {
        kind: 'choice',
        name: 'data',
        path: 'data.name',
        fallback: defaults.data.name,
        options: [...labelled(KINDS.data, DATA_IDS), ...OWN_DATA],
      },
      {
        ...{ kind: 'own-number', name: 'n', path: 'data.n', by: 'data', bounds: boundsAt('data.n') },
        fallbacks: Object.fromEntries(DATA_IDS.map((id) => [id, POINTS])),
      },
      {
        kind: 'own-number',
        name: 'noise',
        path: 'data.noise',
        by: 'data',
        fallbacks: Object.fromEntries(noises),
        bounds: boundsAt('data.noise'),
      },
      { kind: 'list', name: 'hidden', path: 'model.hidden', fallback: [16, 16], longest: MOST_LAYERS },
      {
        kind: 'choice',
        name: 'activation',
        path: 'model.activation',
        fallback: 'relu',
        options: labelled(ACTIVATIONS, ACTIVATION_IDS),
      },
      INIT_CONTROL,
      BLOCK_CONTROL,
      { kind: 'number', name: 'dropout', path: 'model.dropout', fallback: 0, bounds: boundsAt('model.dropout') },
      {
        kind: 'choice',
        name: 'optimizer',
        path: 'optimizer.name',
        fallback: 'adam',
        options: labelled(KINDS.optimizer, Object.keys(KINDS.optimizer)),
      },
      rateControl(defaults, 0.01),
      {
        kind: 'number',
        name: 'l2',
        path: 'optimizer.weightDecay',
        fallback: 0,
        bounds: boundsAt('optimizer.weightDecay'),
      },
      {
        kind: 'choice',
        name: 'batch',
        path: 'batchSize',
        fallback: 'full',
        options: [...optionsOf('full'), ...BATCHES.map((rows) => ({ name: String(rows), value: rows }))],
      },
      {
        kind: 'choice',
        name: 'schedule',
        path: 'schedule.name',
        fallback: 'constant',
        options: labelled(KINDS.schedule, Object.keys(KINDS.schedule)),
      },
      ownOf('every', 'schedule.every', (schedule) => ('every' in schedule ? schedule.every : Number.NaN)),
      ownOf('factor', 'schedule.factor', (schedule) => ('factor' in schedule ? schedule.factor : Number.NaN)),
      { kind: 'number', name: 'epochs', path: 'epochs', fallback: defaults.epochs, bounds: boundsAt('epochs') },
      seedControl(defaults),
    ],
    extras: ['units', 'network'],
    seedLooks: SEED_LOOKS,
    columns: 2,
    grid: 128,
    speed: 5,
    steps: defaults.epochs,
    mostSteps: Number.MAX_SAFE_INTEGER,
  };
}
