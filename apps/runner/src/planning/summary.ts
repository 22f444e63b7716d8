import { hasDiverged, lastOf, summarize, summaryFormat } from '@whorl/core';
import type { RunRecord } from '@whorl/store';
import { words } from '../messages/index.ts';
import { metricTitle, numberColumn, printTable } from '../terminal/output.ts';
import type { PlannedRun } from './plan.ts';

/** A planned run and its recorded result. */
export interface RunOutcome {
  readonly planned: PlannedRun;
  readonly run: RunRecord;
}

/** Accuracies to show, of the test and the training data, as far as they were measured. */
const ACCURACIES = ['testAccuracy', 'trainAccuracy'];
const LOSSES = ['testLoss', 'trainLoss', 'loss'];

/** Prints a row for each configuration: mean and spread over its seeds, and the course's result where there is one. */
export function printSummary(outcomes: readonly RunOutcome[]): void {
  const groups = new Map<string, RunOutcome[]>();
  for (const outcome of outcomes) {
    if (outcome.run.status !== 'finished') continue;
    groups.set(outcome.planned.label, [...(groups.get(outcome.planned.label) ?? []), outcome]);
  }
  const keys = new Set(outcomes.flatMap(({ run }) => run.metrics.map(({ key }) => key)));
  const loss = LOSSES.find((key) => keys.has(key)) ?? 'loss';
  const rows = [...groups].map(([label, group]) => {
    const sound = group.filter(({ run }) => !hasDiverged((key) => lastOf(run, key)));
    return {
      label,
      reported: group[0]?.planned.reported ?? null,
      runs: group.length,
      diverged: group.length - sound.length,
      of: (key: string) => summaryOf(sound, key),
    };
  });
  type Row = (typeof rows)[number];
  const { heads } = words();
  /**
   * The columns for the mean and the standard deviation of a metric. On a narrow terminal the columns with the highest
   * numbers are left out first.
   */
  const columns = (key: string, leftOut: readonly [mean: number, sd: number] | null) => {
    const format = summaryFormat(rows.map((row) => row.of(key)));
    return [
      {
        ...numberColumn(rows, metricTitle(key), (row: Row) => row.of(key)?.mean, format),
        ...(leftOut && { leaveOut: leftOut[0] }),
      },
      {
        ...numberColumn(rows, heads.sd, (row: Row) => row.of(key)?.sd, format),
        ...(leftOut && { leaveOut: leftOut[1] }),
      },
    ];
  };
  const withCourse = rows.some(({ reported }) => reported !== null);
  const measured = ACCURACIES.filter((key) => keys.has(key));
  // The course reports accuracies on the training data, so these stand first, beside the course's result.
  const accuracies = withCourse ? measured.reverse() : measured;
  printTable(rows, [
    { head: heads.configuration, cell: ({ label }) => label, narrow: 'cut' },
    { head: heads.runs, align: 'right', cell: ({ runs }) => String(runs) },
    ...(rows.some(({ diverged }) => diverged > 0)
      ? [{ head: heads.diverged, align: 'right' as const, cell: ({ diverged }: Row) => String(diverged || '-') }]
      : []),
    ...(accuracies.length > 0 ? accuracies : ['accuracy']).flatMap((key, i) => columns(key, i > 0 ? [1, 2] : null)),
    ...columns(loss, [3, 4]),
    ...(withCourse
      ? [
          {
            head: heads.courseSays,
            align: 'right' as const,
            cell: ({ reported }: Row) => (reported ? `${metricTitle(reported.metric)} ${reported.value}` : '-'),
          },
        ]
      : []),
  ]);
}

/** The summary of the runs' last values; null where none recorded the metric. */
function summaryOf(group: readonly RunOutcome[], metric: string) {
  const values = group.flatMap(({ run }) => lastOf(run, metric) ?? []);
  return values.length > 0 ? summarize(values) : null;
}
