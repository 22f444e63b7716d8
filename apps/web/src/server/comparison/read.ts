import { type Cell, type Field, isPlanar, type ParamValue, parseField, SPLIT_PATHS, STUDIES } from '@whorl/core';
import type { RunSelection, Store } from '@whorl/store';
import type { Status } from '#src/contract/schemas.ts';
import { varyingParams } from '#src/contract/varying-params.ts';
import { comparedResults, LOSS_FIELDS, lossesFirst } from '../record/divergence.ts';
import type { LeftOut, ObservedRun } from './analysis.ts';

/** More than any record has: a comparison is always over all selected runs. */
const ALL = 1_000_000;
/** In the order in which runs were started, as in `whorl compare`. */
const OLDEST_FIRST = [{ field: { kind: 'attribute', key: 'created' }, descending: false }] as const;

/** The selected runs' values of some fields, oldest first. */
export async function readColumns(store: Store, selection: RunSelection, fields: readonly Field[]) {
  const { ids, columns } = await store.runs.table({ ...selection, fields, sort: OLDEST_FIRST, limit: ALL });
  return { ids, columns };
}

/** What may differ among the selected runs, and their metrics. */
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

/** What the overview of a comparison needs of a run. */
export interface OverviewRun {
  readonly id: string;
  readonly study: string;
  readonly seed: number;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly status: Status;
  /** Whether it has a decision boundary; null where that depends on its file, which may have any number of columns. */
  readonly plane: boolean | null;
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
    study: String(studies[row] ?? ''),
    seed: Number(seeds[row]),
    plane: planeOf(String(studies[row]), String(data[row])),
    params: paramsOf(varying, values, row),
  }));
}

/** The selected runs that count as results: finished, with a value of the metric. */
export async function readObserved(
  store: Store,
  selection: RunSelection,
  metric: Field & { kind: 'metric' },
  varying: readonly string[],
): Promise<{ runs: ObservedRun[]; leftOut: LeftOut }> {
  const paths = [...new Set(['seed', ...SPLIT_PATHS, ...varying])];
  const named = [attribute('status'), attribute('study'), attribute('name')];
  const fields = [...named, metric, ...LOSS_FIELDS, ...paths.map(param)];
  const { ids, columns } = await readColumns(store, selection, fields);
  const [statuses = [], studies = [], names = [], recorded = [], ...others] = columns;
  const [losses, values] = lossesFirst(others);
  const [results = []] = comparedResults([recorded], [metric.key], losses);
  const runs: ObservedRun[] = [];
  const launches = store.runs.launches(ids);
  const byStatus: Partial<Record<Status, number>> = {};
  let withoutMetric = 0;
  for (const [row, id] of ids.entries()) {
    const status = statuses[row] as Status;
    const value = results[row];
    if (status !== 'finished') byStatus[status] = (byStatus[status] ?? 0) + 1;
    else if (typeof value !== 'number') withoutMetric += 1;
    else {
      const params = paramsOf(paths, values, row);
      runs.push({
        id,
        study: String(studies[row] ?? ''),
        name: String(names[row] ?? ''),
        params,
        value,
        launch: launches.get(id),
      });
    }
  }
  return { runs, leftOut: { byStatus, withoutMetric } };
}

/** A boundary is recorded where the study asks for it and the data are two-dimensional. */
function planeOf(studyId: string, data: string): boolean | null {
  const study = STUDIES.find(({ id }) => id === studyId);
  if (study?.kind !== 'training' || !study.probes.boundary) return false;
  return data === 'csv' ? null : isPlanar(data);
}

/** Whether any of the runs has a boundary to show. Of runs on files, only the first finished one is checked. */
export async function hasPlanes(store: Pick<Store, 'artifacts'>, runs: readonly OverviewRun[]): Promise<boolean> {
  if (runs.some(({ plane }) => plane)) return true;
  const unsure = runs.filter(({ plane }) => plane === null);
  const looked = unsure.find(({ status }) => status === 'finished') ?? unsure[0];
  return looked !== undefined && (await store.artifacts.list(looked.id, 'boundary')).length > 0;
}

function paramsOf(paths: readonly string[], columns: readonly Cell[][], row: number): Record<string, ParamValue> {
  return Object.fromEntries(
    paths.flatMap((path, i): [string, ParamValue][] => {
      const value = columns[i]?.[row];
      return value === null || value === undefined ? [] : [[path, value]];
    }),
  );
}
