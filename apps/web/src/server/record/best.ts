import { createHash } from 'node:crypto';
import { type Cell, factorsOf, goalOf, MAIN_METRICS, parseField } from '@whorl/core';
import { parseQuery } from '@whorl/core/query';
import type { Store } from '@whorl/store';
import { LRUCache } from 'lru-cache';
import type { Best } from '#src/contract/best.ts';
import { summaryFactors } from '#src/contract/factor-fields.ts';
import { comparedResults, LOSS_FIELDS, lossesFirst } from './divergence.ts';
import { groupRuns, REPLICATE_PATHS, type SummarizedGroup, sortGroups } from './grouping.ts';

const REPLICATES = REPLICATE_PATHS.map((key) => ({ kind: 'param', key }) as const);
const STATUS = { kind: 'attribute', key: 'status' } as const;
const FINISHED = parseQuery('status = "finished"');
const ALL = Number.MAX_SAFE_INTEGER;

/** Configs and results of ended runs never change, so the result for a set of runs is kept. */
const known = new LRUCache<string, { readonly sign: string; readonly best: Best | null }>({ max: 1_000 });

/** The first configuration in an experiment's table of configurations; null where no run has a result. */
export function bestConfiguration(store: Store, experimentId: string): Best | null {
  const scope = { experimentId };
  const sign = signOf(store.runs.ids({ scope }), store.runs.ids({ scope, where: FINISHED }));
  const found = known.get(experimentId);
  if (found?.sign === sign) return found.best;
  const best = find(store, experimentId);
  known.set(experimentId, { sign, best });
  return best;
}

const signOf = (all: readonly string[], finished: readonly string[]): string =>
  createHash('sha256').update(all.join()).update(' ').update(finished.join()).digest('base64');

function find(store: Store, experimentId: string): Best | null {
  const scope = { experimentId };
  const infos = store.runs.fields({ scope });
  const [study] = infos.find(({ field }) => field === 'study')?.values ?? [];
  const by = summaryFactors(infos, factorsOf(String(study))).map((field) => parseField(field));
  const metrics = MAIN_METRICS.map((key) => ({ kind: 'metric', key, part: 'last' }) as const);
  const { ids, columns } = store.runs.table({
    scope,
    where: FINISHED,
    fields: [...by, ...metrics, ...LOSS_FIELDS, STATUS, ...REPLICATES],
    limit: ALL,
  });
  const [levels, results] = [columns.slice(0, by.length), columns.slice(by.length, by.length + metrics.length)];
  const [losses, [statuses = [], ...replicates]] = lossesFirst(columns.slice(by.length + metrics.length));
  const values = comparedResults(results, MAIN_METRICS, losses);
  const [seeds = []] = replicates;
  const order = MAIN_METRICS.map(
    (key, index) => ({ kind: 'metric', index, descending: goalOf(key) === 'highest' }) as const,
  );
  const [first] = sortGroups(groupRuns(levels, values, statuses, replicates, MAIN_METRICS), order);
  const main = first?.metrics.findIndex(({ summary }) => summary !== null) ?? -1;
  const metric = first?.metrics[main];
  if (!first || !metric?.summary) return null;
  const { mean, ci95 } = metric.summary;
  const rows = rowsOf(first, levels, values[main] ?? []);
  return {
    by: by.map((field) => (field.kind === 'param' ? field.key : '')),
    values: [...first.values],
    key: MAIN_METRICS[main] as string,
    mean,
    half: ci95 && (ci95[1] - ci95[0]) / 2,
    n: metric.runs,
    seeds: new Set(rows.map((row) => seeds[row])).size,
    diverged: metric.diverged,
    // Of an even number the lower of the two middle ones, so that it is an actual run.
    median: ids[rows[Math.floor((rows.length - 1) / 2)] as number] as string,
  };
}

/** The rows of a configuration that have a finite result, lowest first. */
function rowsOf({ values }: SummarizedGroup, levels: readonly Cell[][], results: readonly Cell[]): number[] {
  return results
    .map((_, row) => row)
    .filter((row) => Number.isFinite(results[row]) && values.every((level, i) => Object.is(levels[i]?.[row], level)))
    .sort((a, b) => (results[a] as number) - (results[b] as number));
}
