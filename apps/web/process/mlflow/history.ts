import type { Columns, Store } from '@whorl/store';
import { z } from 'zod';
import { invalidParameter } from './errors.ts';
import { int64, list, optional, optionalText, pageSize, text } from './fields.ts';
import { pageToken, readPageToken } from './page-token.ts';
import { type Route, route, withRun } from './route.ts';
import { plainRun } from './runs.ts';
import { writtenPoint } from './written.ts';

const MOST_POINTS = 25_000;
const MOST_RUNS = 100;
const MOST_SAMPLED = 2_500;

const points = (key: string, { steps, values, times }: Columns) =>
  Array.from(steps, (step, i) => writtenPoint(key, step, values[i] as number, times[i] as number));

const ofRun = (key: string, columns: Columns, run_id: string) =>
  points(key, columns).map((point) => ({ ...point, run_id }));

/** The points whose place is chosen. */
const picked = ({ steps, values, times }: Columns, places: readonly number[]): Columns => ({
  steps: Float64Array.from(places, (i) => steps[i] as number),
  values: Float64Array.from(places, (i) => values[i] as number),
  times: Float64Array.from(places, (i) => times[i] as number),
});

/** Of some numbers in order so many as asked for, evenly spaced, the first and the last among them. */
function evenly(sorted: readonly number[], most: number): number[] {
  if (sorted.length <= most) return [...sorted];
  if (most === 1) return sorted.slice(-1);
  const apart = (sorted.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => sorted[Math.round(i * apart)] as number);
}

/** A run's points of the steps that stand for all, in order of steps, with those of its lowest and its highest value. */
function sampled(columns: Columns, range: readonly [number, number] | null, most: number): Columns {
  const { steps, values } = columns;
  const [from, to] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const inside = [...steps.keys()].filter((i) => (steps[i] as number) >= from && (steps[i] as number) <= to);
  const chosen = new Set(
    evenly(
      [...new Set(inside.map((i) => steps[i] as number))].sort((a, b) => a - b),
      most,
    ),
  );
  let [low, high] = [inside[0], inside[0]];
  for (const i of inside) {
    if ((values[i] as number) < (values[low as number] as number)) low = i;
    if ((values[i] as number) > (values[high as number] as number)) high = i;
  }
  const places = inside.filter((i) => chosen.has(steps[i] as number) || i === low || i === high);
  return picked(
    columns,
    places.sort((a, b) => (steps[a] as number) - (steps[b] as number) || a - b),
  );
}

/** Each run's own points, as far as there is room. */
function bulk(store: Store, runIds: readonly string[], key: string, most: number) {
  const found: ReturnType<typeof ofRun> = [];
  for (const id of [...runIds].sort()) {
    if (found.length >= most) break;
    const columns = store.metrics.read(id, key);
    found.push(...ofRun(key, picked(columns, [...columns.steps.keys()].slice(0, most - found.length)), id));
  }
  return found;
}

export const HISTORY_ROUTES: readonly Route[] = [
  route(
    'GET',
    '/metrics/get-history',
    withRun(z.object({ metric_key: text, page_token: optionalText, max_results: optional(int64) })),
    ({ store }, { run_id, metric_key, page_token, max_results }) => {
      if (max_results !== undefined && max_results <= 0) {
        throw invalidParameter(
          `Invalid value ${max_results} for parameter 'max_results' supplied. It must be a positive integer.`,
        );
      }
      plainRun(store, run_id);
      const [from = 0] = readPageToken(page_token, 1) ?? [];
      if (typeof from !== 'number' || !Number.isSafeInteger(from) || from < 0)
        throw invalidParameter('Invalid page token');
      const columns = store.metrics.read(run_id, metric_key, from);
      const most = max_results === undefined ? columns.steps.length : Math.min(max_results, MOST_POINTS);
      const part = {
        steps: columns.steps.subarray(0, most),
        values: columns.values.subarray(0, most),
        times: columns.times.subarray(0, most),
      };
      return {
        metrics: points(metric_key, part),
        ...(columns.steps.length > most && { next_page_token: pageToken([from + most]) }),
      };
    },
  ),
  route(
    'GET',
    '/metrics/get-history-bulk',
    z.object({ run_id: list(z.string()), metric_key: text, max_results: optional(int64) }),
    ({ store }, { run_id, metric_key, max_results = MOST_POINTS }) => {
      if (run_id.length === 0) throw invalidParameter('GetMetricHistoryBulk request must specify at least one run_id.');
      checkRuns('GetMetricHistoryBulk request cannot specify more than', run_id);
      return { metrics: bulk(store, run_id, metric_key, Math.min(Math.max(max_results, 0), MOST_POINTS)) };
    },
    { repeated: ['run_id'] },
  ),
  route(
    'GET',
    '/metrics/get-history-bulk-interval',
    z.object({
      run_ids: z.array(z.string()).min(1),
      metric_key: text,
      start_step: optional(int64),
      end_step: optional(int64),
      max_results: pageSize(MOST_SAMPLED, MOST_SAMPLED),
    }),
    ({ store }, { run_ids, metric_key, start_step, end_step, max_results }) => {
      checkRuns('GetMetricHistoryBulkInterval request must specify at most', run_ids);
      if ((start_step === undefined) !== (end_step === undefined)) {
        throw invalidParameter('If either start step or end step are specified, both must be specified.');
      }
      if (start_step !== undefined && end_step !== undefined && start_step > end_step) {
        throw invalidParameter(
          `end_step must be greater than start_step. Found start_step=${start_step} and end_step=${end_step}.`,
        );
      }
      const range = start_step === undefined || end_step === undefined ? null : ([start_step, end_step] as const);
      return {
        metrics: run_ids.flatMap((id) =>
          ofRun(metric_key, sampled(store.metrics.read(id, metric_key), range, max_results), id),
        ),
      };
    },
    { repeated: ['run_ids'] },
  ),
];

function checkRuns(what: string, ids: readonly string[]): void {
  if (ids.length > MOST_RUNS) throw invalidParameter(`${what} ${MOST_RUNS} run_ids. Received ${ids.length} run_ids.`);
}
