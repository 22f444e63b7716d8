import { ConfigError, didYouMean, type Expression, isOwnSource, lastOf, mainPairOf, unknownFields } from '@whorl/core';
import type { ExperimentRecord, RunRecord, Store } from '@whorl/store';
import { inLanguage, words } from '../messages/index.ts';
import { readQuery } from '../record/query.ts';
import { getExperiment, inRecord, openRecord } from '../record/record.ts';
import { readSettings } from '../record/settings.ts';
import { experimentUrl } from '../serving/links.ts';
import { colour } from '../terminal/colour.ts';
import {
  duration,
  metricTitle,
  note,
  numberColumn,
  printJson,
  printLine,
  printTable,
  statusColour,
  statusWord,
  timeZone,
  when,
} from '../terminal/output.ts';
import { runDocument } from './run.ts';

/** `whorl ls`: the experiments, or the runs of one, all or those that a query finds. */
export async function ls(
  experiment: string | undefined,
  { json = false, query }: { json?: boolean; query?: string },
): Promise<void> {
  if (query !== undefined && experiment === undefined) {
    throw new ConfigError('--query', words().ls.queryNeedsExperiment);
  }
  const where = query === undefined ? null : await readQuery(query);
  return experiment === undefined ? listExperiments(json) : listRuns(experiment, where, json);
}

async function listExperiments(json: boolean): Promise<void> {
  const settings = readSettings();
  const store = await openRecord(settings);
  try {
    const items = (await store?.experiments.all()) ?? [];
    if (json) {
      return printJson({
        experiments: items.map(({ id, name, study, runs, byStatus, updatedAt }) => ({
          id,
          name,
          study,
          runs,
          byStatus,
          updatedAt,
          url: experimentUrl(settings.home, id),
        })),
      });
    }
    if (items.length === 0) return printLine(words().record.empty(settings.home));
    printExperiments(items);
  } finally {
    await store?.close();
  }
}

function printExperiments(items: readonly ExperimentRecord[]): void {
  const { heads } = words();
  printTable(items, [
    { head: heads.experiment, cell: ({ name }) => name, style: colour.bold, narrow: 'cut', least: 20 },
    { head: heads.study, cell: ({ study }) => study ?? '–', narrow: 'cut', leaveOut: 1 },
    { head: heads.runs, align: 'right', cell: ({ runs }) => String(runs) },
    { head: heads.running, align: 'right', cell: ({ byStatus }) => String(byStatus.running || '-'), leaveOut: 2 },
    { head: heads.activity, cell: ({ updatedAt }) => when(updatedAt), leaveOut: 3 },
    { head: heads.id, cell: ({ id }) => id, style: colour.dim, leaveOut: 4 },
  ]);
}

const listRuns = (experiment: string, where: Expression | null, json: boolean): Promise<void> =>
  inRecord(async (store, settings) => {
    const { id, name, runs: all } = await getExperiment(store, experiment);
    const items = where
      ? await store.runs.getMany(store.runs.ids({ scope: { experimentId: id }, where, timeZone: timeZone() }))
      : await store.runs.all(id);
    if (where && all > 0) tellUnknownFields(store, id, where, items.length);
    if (json) return printJson({ runs: items.map((run) => runDocument(settings.home, run)) });
    if (items.length > 0) return printRuns(items);
    printLine(where && all > 0 ? words().ls.noneFound(name) : words().ls.noRuns(name));
  });

/**
 * Notes which fields of a query no run has. Tags are exempt: queries also ask for runs that lack one.
 * @throws ConfigError where the query finds nothing because such a field does not exist
 */
function tellUnknownFields(store: Store, experimentId: string, where: Expression, found: number): void {
  const known = store.runs.fields({ scope: { experimentId } }).map(({ field }) => field);
  const unknown = unknownFields(where, known).filter(
    ({ field, likely }) => likely !== null || !field.startsWith('tags.'),
  );
  const said = unknown.map(({ field, likely }) =>
    words()
      .ls.noField(field, inLanguage(didYouMean(likely ?? undefined)))
      .trimEnd(),
  );
  if (said.length === 0) return;
  if (found === 0) throw new ConfigError('--query', said.join('\n'));
  for (const line of said) note(`${colour.yellow('!')} ${line}`);
}

function printRuns(items: readonly RunRecord[]): void {
  const { heads } = words();
  const isOwn = items.every(({ source }) => isOwnSource(source));
  const results = mainPairOf(items.flatMap(({ metrics }) => metrics.map(({ key }) => key)));
  printTable(items, [
    { head: heads.run, cell: (run) => run.id, style: colour.bold },
    { head: heads.name, cell: (run) => run.name, narrow: 'cut', least: 20 },
    {
      head: heads.status,
      cell: (run) => statusWord(run.status),
      style: (text, run) => statusColour(run.status)(text),
    },
    ...results.map((key, i) => ({
      ...numberColumn(items, metricTitle(key, isOwn), (run) => lastOf(run, key)),
      ...(i > 0 ? { leaveOut: 1 } : {}),
    })),
    { head: heads.time, align: 'right', cell: (run) => duration(run.durationMs), leaveOut: 2 },
    { head: heads.engine, cell: (run) => run.engine ?? '–', leaveOut: 4 },
    { head: heads.started, cell: (run) => when(run.startedAt), leaveOut: 3 },
  ]);
}
