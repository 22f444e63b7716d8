'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { formatField, MAIN_METRICS, RUN_STATUSES } from '@whorl/core';
import { useMemo } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { FactorValue, Overview } from '#src/contract/comparison.ts';
import { metricField, type Question } from '#src/contract/question.ts';
import type { Status } from '#src/contract/schemas.ts';
import type { Target } from '#src/contract/target.ts';

/** A quantity that can be an axis of a chart. */
export interface Quantity {
  /** The field's canonical text. */
  readonly field: string;
  readonly kind: 'factor' | 'metric';
  /** The config path, or the metric's key. */
  readonly key: string;
}

/** A compared run, with the value of each of the quantities by its field. */
export interface ComparedRun {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly seed: FactorValue;
  readonly values: ReadonlyMap<string, FactorValue>;
}

const MOST_FACTORS = 10;
const MOST_METRICS = 5;

/** A config path as a field. */
export const factorField = (path: string): string => formatField({ kind: 'param', key: path });

/** The quantities of a comparison: varying factors, the compared metric, and metrics that are not of a single layer. */
export function quantitiesOf({ factors, metrics }: Overview, question: Question): Quantity[] {
  const paths = [...question.by, ...factors.filter(({ follows }) => !follows).map(({ path }) => path)];
  const others = metrics.filter((key) => !/\.\d+$/.test(key));
  const first = [...MAIN_METRICS, ...others].filter((key) => metrics.includes(key));
  const fields = [question.field, ...first.map((key) => metricField(key, 'last'))];
  return [
    ...[...new Set(paths)]
      .slice(0, MOST_FACTORS)
      .map((path): Quantity => ({ field: factorField(path), kind: 'factor', key: path })),
    ...[...new Set(fields)].slice(0, MOST_METRICS).map((field, i): Quantity => {
      const key =
        i === 0 ? question.metric : ([...new Set(first)].find((k) => metricField(k, 'last') === field) ?? field);
      return { field, kind: 'metric', key };
    }),
  ];
}

/** Reads every compared run with its values of some quantities. */
export function useRuns(
  target: Target,
  quantities: readonly Quantity[],
  { enabled }: { enabled: boolean },
): { readonly runs: readonly ComparedRun[]; readonly isRead: boolean; readonly isError: boolean } {
  const trpc = useTRPC();
  const fields = [...new Set(quantities.map(({ field }) => field))];
  const { data, isError, isPlaceholderData } = useQuery(
    trpc.comparison.columns.queryOptions(
      { target, fields: ['name', 'status', 'seed', ...fields] },
      { enabled, placeholderData: keepPreviousData },
    ),
  );
  const key = fields.join('\n');
  const runs = useMemo(() => {
    const [names = [], statuses = [], seeds = [], ...columns] = data?.columns ?? [];
    const asked = key.split('\n');
    return (data?.ids ?? []).map((id, row): ComparedRun => {
      return {
        id,
        name: String(names[row] ?? id),
        status: RUN_STATUSES.find((status) => status === statuses[row]) ?? 'crashed',
        seed: seeds[row] ?? null,
        values: new Map(asked.map((field, i) => [field, columns[i]?.[row] ?? null])),
      };
    });
  }, [data, key]);
  return { runs, isRead: data !== undefined && !isPlaceholderData, isError };
}
