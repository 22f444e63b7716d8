import { type Cell, type Field, isPlanar, type ParamValue, parseField } from '@whorl/core';
import type { RunSelection, Store } from '@whorl/store';

import type { Comparable } from '#src/comparison/configurations.ts';
import { varyingParams } from '#src/comparison/varying-params.ts';
import type { Status } from '../schemas.ts';
import type { LeftOut, ObservedRun } from './analysis.ts';

/** More than any record has; what is compared is never a part of what was asked for. */
const ALL = 1_000_000;
/** Runs in the order in which they were started, as `whorl compare` has them. */
const OLDEST_FIRST = [{ field: { kind: 'attribute', key: 'created' }, descending: false }] as const;

/** The selected runs' values of some fields, oldest first. */
export async function readColumns(store: Store, selection: RunSelection, fields: readonly Field[]) {
  const { ids, columns } = await store.runs.table({ ...selection, fields, sort: OLDEST_FIRST, limit: ALL });
  return { ids, columns };
}

/** What may differ among the selected runs, and which metrics they have. */
export async function readVarying(store: Store, selection: RunSelection) {
  const infos = store.runs.fields(selection);
  const fields = infos.map(({ field }) => parseField(field));
  return {
    varying: varyingParams(infos).map(({ path }) => path),
    metrics: [...new Set(fields.flatMap((field) => (field.kind === 'metric' ? [field.key] : [])))],
  };
}

const param = (key: string): Field => ({ kind: 'param', key });
const attribute = (key: 'name' | 'status' | 'study'): Field => ({ kind: 'attribute', key });

/** A run as far as a comparison's overview needs it. */
export interface OverviewRun extends Comparable {
  readonly status: Status;
  /** Whether its data lies in the plane, so that it may have recorded its boundary. */
  readonly isPlanar: boolean;
}

/** The selected runs with the params that vary among them. */
export async function readRuns(
  store: Store,
  selection: RunSelection,
  varying: readonly string[],
): Promise<OverviewRun[]> {
  const fields = [attribute('status'), attribute('study'), param('seed'), param('data.name'), ...varying.map(param)];
  const { ids, columns } = await readColumns(store, selection, fields);
  const [statuses = [], studies = [], seeds = [], data = [], ...values] = columns;
  return ids.map((id, row) => ({
    id,
    status: statuses[row] as Status,
    study: String(studies[row]),
    seed: Number(seeds[row]),
    isPlanar: isPlanar(String(data[row])),
    params: paramsOf(varying, values, row),
  }));
}

/** The selected runs that count as results: finished, and with a value of the metric. */
export async function readObserved(
  store: Store,
  selection: RunSelection,
  metric: Field,
  varying: readonly string[],
): Promise<{ runs: ObservedRun[]; leftOut: LeftOut }> {
  const paths = ['seed', ...varying];
  const fields = [attribute('status'), attribute('name'), metric, ...paths.map(param)];
  const { ids, columns } = await readColumns(store, selection, fields);
  const [statuses = [], names = [], results = [], ...values] = columns;
  const runs: ObservedRun[] = [];
  const byStatus: Partial<Record<Status, number>> = {};
  let withoutMetric = 0;
  for (const [row, id] of ids.entries()) {
    const status = statuses[row] as Status;
    const value = results[row];
    if (status !== 'finished') byStatus[status] = (byStatus[status] ?? 0) + 1;
    else if (typeof value !== 'number') withoutMetric += 1;
    else runs.push({ id, name: String(names[row] ?? ''), params: paramsOf(paths, values, row), value });
  }
  return { runs, leftOut: { byStatus, withoutMetric } };
}

function paramsOf(paths: readonly string[], columns: readonly Cell[][], row: number): Record<string, ParamValue> {
  const params: Record<string, ParamValue> = {};
  for (const [i, path] of paths.entries()) {
    const value = columns[i]?.[row];
    if (value !== null && value !== undefined) params[path] = value;
  }
  return params;
}
