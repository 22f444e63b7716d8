import { summarize, summaryFormat } from '@whorl/core';
import type { RunRecord } from '@whorl/store';
import { words } from './messages/index.ts';
import { metricName, numberColumn, printTable } from './output.ts';
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
export function printSummary(outcomes: readonly Outcome[]): void {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    if (outcome.run.status !== 'finished') continue;
    groups.set(outcome.planned.label, [...(groups.get(outcome.planned.label) ?? []), outcome]);
  }
  const rows = [...groups].map(([label, group]) => ({
    label,
    reported: group[0]?.planned.reported ?? null,
    runs: group.length,
    accuracy: summaryOf(group, 'accuracy'),
    testAccuracy: summaryOf(group, 'testAccuracy'),
    loss: summaryOf(group, 'loss'),
  }));
  const withCourse = rows.some(({ reported }) => reported !== null);
  const { heads } = words();
  const [accuracies, tests, losses] = [
    summaryFormat(rows.map((row) => row.accuracy)),
    summaryFormat(rows.map((row) => row.testAccuracy)),
    summaryFormat(rows.map((row) => row.loss)),
  ];
  printTable(rows, [
    { head: heads.configuration, cell: ({ label }) => label, narrow: 'cut' },
    { head: heads.runs, align: 'right', cell: ({ runs }) => String(runs) },
    numberColumn(rows, metricName('accuracy'), ({ accuracy }) => accuracy?.mean, accuracies),
    numberColumn(rows, heads.sd, ({ accuracy }) => accuracy?.sd, accuracies),
    ...(rows.some(({ testAccuracy }) => testAccuracy !== null)
      ? [
          numberColumn(rows, metricName('testAccuracy'), (row) => row.testAccuracy?.mean, tests),
          numberColumn(rows, heads.sd, (row) => row.testAccuracy?.sd, tests),
        ]
      : []),
    { ...numberColumn(rows, metricName('loss'), ({ loss }) => loss?.mean, losses), leaveOut: 1 },
    { ...numberColumn(rows, heads.sd, ({ loss }) => loss?.sd, losses), leaveOut: 2 },
    ...(withCourse
      ? [
          {
            head: heads.courseSays,
            align: 'right' as const,
            cell: ({ reported }: (typeof rows)[number]) =>
              reported ? `${metricName(reported.metric)} ${reported.value}` : '-',
          },
        ]
      : []),
  ]);
}

/** Of the runs' last values; null where none has the metric. */
function summaryOf(group: readonly Outcome[], metric: string) {
  const values = group.flatMap(({ run }) => lastOf(run, metric) ?? []);
  return values.length > 0 ? summarize(values) : null;
}
