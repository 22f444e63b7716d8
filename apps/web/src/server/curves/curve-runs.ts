import {
  type Cell,
  type Field,
  factorsOf,
  type ParamValue,
  parseField,
  SPLIT_PATHS,
  sharedVariance,
} from '@whorl/core';
import type { RunSelection, Store } from '@whorl/store';
import type { Axis } from '#src/contract/axes.ts';
import type { Levels, Outline } from '#src/contract/curves.ts';
import { MOST_LEVELS } from '#src/contract/factor-fields.ts';
import { curvesOutline, type Outlined } from '#src/contract/outline.ts';
import { runCount, type VaryingParam, varyingParams } from '#src/contract/varying-params.ts';
import { stepsPerEpoch } from './epochs.ts';

/** What curves need to know of a run. */
export interface CurveRun {
  readonly id: string;
  readonly name: string;
  readonly levels: Levels;
  /** Null for a run that has none. */
  readonly seed: Cell;
  /** What it has in common with other seeds, if they split one file (core's `sharedVariance`). */
  readonly shared: number;
  /** Whether Whorl trained it. */
  readonly isOwn: boolean;
  /** ms since 1970; null for a run that has not started. */
  readonly startedAt: number | null;
  /** Steps in an epoch, where the axis shows epochs; null where unknown. */
  readonly perEpoch: number | null;
  /** The metric that a program logs its epochs as, where the axis shows epochs and nobody says their length. */
  readonly epochKey: string | null;
}

type Reading = Pick<Store, 'runs' | 'metrics'>;

/** There is no limit to the number of compared runs. */
const ALL = Number.MAX_SAFE_INTEGER;

const attribute = (key: 'name' | 'status' | 'started' | 'study' | 'source'): Field => ({ kind: 'attribute', key });
const param = (key: string): Field => ({ kind: 'param', key });

/** The runs of a selection, oldest first, so that a new run does not change the order of the others. */
export function curveRuns(
  { runs, metrics }: Reading,
  selection: RunSelection,
  by: readonly string[],
  x: Axis,
): CurveRun[] {
  const fields = [
    attribute('name'),
    attribute('started'),
    attribute('source'),
    param('seed'),
    ...SPLIT_PATHS.map(param),
    ...by.map(parseField),
  ];
  const sort = [{ field: { kind: 'attribute', key: 'created' } as const, descending: false }];
  const { ids, columns } = runs.table({ ...selection, fields, sort, limit: ALL });
  const [names = [], starts = [], sources = [], seeds = [], ...others] = columns;
  const [splits, levels] = [others.slice(0, SPLIT_PATHS.length), others.slice(SPLIT_PATHS.length)];
  const epochs = x === 'epoch' ? epochsOf({ runs, metrics }, ids) : null;
  return ids.map((id, row) => ({
    id,
    name: String(names[row] ?? ''),
    levels: levels.map((column) => column[row] ?? null),
    seed: seeds[row] ?? null,
    shared: sharedVariance([{ params: splitOf(splits, row) }]),
    isOwn: sources[row] === 'whorl',
    startedAt: momentOf(starts[row] ?? null),
    perEpoch: epochs?.[row] ?? null,
    epochKey: epochs !== null && epochs[row] === null ? epochKeyOf(metrics, id) : null,
  }));
}

/** The params that say whether a run splits a file. */
const splitOf = (columns: readonly Cell[][], row: number): Record<string, ParamValue> =>
  Object.fromEntries(
    SPLIT_PATHS.flatMap((path, i): [string, ParamValue][] => {
      const value = columns[i]?.[row] ?? null;
      return value === null ? [] : [[path, value]];
    }),
  );

function momentOf(cell: Cell): number | null {
  if (cell === null) return null;
  const moment = typeof cell === 'number' ? cell : Date.parse(String(cell));
  return Number.isNaN(moment) ? null : moment;
}

/** What programs call the metric of their epochs. */
const EPOCH_KEYS = ['epoch', 'train/epoch', 'trainer/epoch', 'train_epoch', 'Epoch'];

const epochKeyOf = (metrics: Reading['metrics'], id: string): string | null =>
  EPOCH_KEYS.find((key) => metrics.countPoints([id], key) > 1) ?? null;

function epochsOf({ runs, metrics }: Reading, ids: readonly string[]): (number | null)[] {
  const fields: Field[] = [{ kind: 'environment', key: 'stepsPerEpoch' }, attribute('status'), param('epochs')];
  const table = runs.table({ scope: { runIds: ids }, fields, limit: ALL });
  const [noted = [], status = [], epochs = []] = table.columns;
  const rows = new Map(table.ids.map((id, row) => [id, row]));
  const older = ids.filter((id) => typeof noted[rows.get(id) ?? -1] !== 'number');
  const series = metrics.seriesOf(older);
  return ids.map((id) => {
    const row = rows.get(id) ?? -1;
    const lastStep = series.get(id)?.find(({ key }) => key === 'loss')?.lastStep ?? null;
    return stepsPerEpoch({ noted: noted[row], status: status[row], epochs: epochs[row], lastStep });
  });
}

/** With more runs than this, factors with more levels than a legend can show are read only on request. */
const MANY_RUNS = 1000;

/** What can be drawn of a selection. */
export function readOutline(
  { runs }: Reading,
  selection: RunSelection,
  asked: readonly string[] | null,
  seeds: boolean,
): Outline {
  const infos = runs.params(selection);
  const metrics = runs.metricKeys(selection);
  // What does not vary in the whole experiment does not vary in a part of it.
  const varying = varyingParams(infos);
  const isRead = ({ info }: VaryingParam) => runCount(infos) <= MANY_RUNS || info.distinct <= MOST_LEVELS;
  const paths = varying.filter(isRead).map(({ path }) => path);
  const others = (asked ?? []).filter((path) => !paths.includes(path));
  const fields = [
    attribute('status'),
    attribute('study'),
    param('seed'),
    ...paths.map(param),
    ...others.map(parseField),
  ];
  const { ids, columns } = runs.table({ ...selection, fields, limit: ALL });
  const [status = [], study = [], seedOf = [], ...values] = columns;
  const outlined = ids.map((id, row): Outlined => {
    const params = [...paths, ...others].flatMap((path, i): [string, ParamValue][] => {
      const cell = values[i]?.[row] ?? null;
      return cell === null ? [] : [[path, cell]];
    });
    return {
      id,
      seed: Number(seedOf[row]),
      status: String(status[row]),
      params: Object.fromEntries(params),
      metrics: [],
    };
  });
  const outline = curvesOutline(outlined, factorsOf(String(study[0])), asked, seeds);
  const fixed = Object.fromEntries(
    paths.flatMap((path, i) => {
      const [level = null, ...others] = values[i] ?? [];
      return level !== null && others.every((other) => other === level) ? [[path, level]] : [];
    }),
  );
  const unread = varying.filter((param) => !isRead(param)).map(({ path }) => path);
  return {
    ...outline,
    fixed,
    factors: [...outline.factors, ...unread],
    metrics: metrics.map(({ key }) => key),
    once: metrics.flatMap(({ key, isCurve }) => (isCurve ? [] : [key])),
  };
}
