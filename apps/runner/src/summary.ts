import { summarize, summaryFormat } from '@whorl/core';
import type { RunRecord } from '@whorl/store';
import { table } from './output.ts';
import type { PlannedRun } from './plan.ts';

/** A planned run with what came of it. */
export interface Outcome {
  readonly planned: PlannedRun;
  readonly run: RunRecord;
}

/** The last value of a run's metric, undefined where it has none. */
export const lastOf = (run: RunRecord, key: string): number | undefined =>
  run.metrics.find((series) => series.key === key)?.last;

/** One row a configuration: mean and spread over its seeds, and the course's figure where it has one. */
export function summaryTable(outcomes: readonly Outcome[]): string {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    if (outcome.run.status !== 'finished') continue;
    groups.set(outcome.planned.label, [...(groups.get(outcome.planned.label) ?? []), outcome]);
  }
  const rows = [...groups].map(([label, group]) => ({
    label,
    reported: group[0]?.planned.reported ?? null,
    accuracy: summarize(group.map(({ run }) => lastOf(run, 'accuracy') ?? Number.NaN)),
    loss: summarize(group.map(({ run }) => lastOf(run, 'loss') ?? Number.NaN)),
  }));
  const [accuracies, losses] = [
    summaryFormat(rows.map(({ accuracy }) => accuracy)),
    summaryFormat(rows.map(({ loss }) => loss)),
  ];
  const withCourse = rows.some(({ reported }) => reported !== null);
  return table(rows, [
    { head: 'configuration', cell: ({ label }) => label },
    { head: 'runs', align: 'right', cell: ({ accuracy }) => String(accuracy.n) },
    { head: 'accuracy', align: 'right', cell: ({ accuracy }) => accuracies(accuracy.mean) },
    { head: '± sd', align: 'right', cell: ({ accuracy }) => accuracies(accuracy.sd) },
    { head: 'loss', align: 'right', cell: ({ loss }) => losses(loss.mean) },
    { head: '± sd', align: 'right', cell: ({ loss }) => losses(loss.sd) },
    ...(withCourse
      ? [
          {
            head: 'course says',
            align: 'right' as const,
            cell: ({ reported }: (typeof rows)[number]) => (reported ? `${reported.metric} ${reported.value}` : '-'),
          },
        ]
      : []),
  ]);
}
