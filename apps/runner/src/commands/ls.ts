import { ConfigError, numberFormat } from '@whorl/core';
import { openStore } from '@whorl/store';
import { colour } from '../colour.ts';
import { experimentUrl } from '../links.ts';
import { duration, printJson, printLine, status, table, timeZone, when } from '../output.ts';
import { readQuery } from '../query.ts';
import { readSettings } from '../settings.ts';
import { lastOf } from '../summary.ts';
import { runDocument } from './run.ts';

const MOST = 1000;

/** `whorl ls`: the experiments, or the runs of one, all or those that a query finds. */
export async function ls(
  experiment: string | undefined,
  { json, query }: { json?: boolean; query?: string },
): Promise<void> {
  if (query !== undefined && experiment === undefined) {
    throw new ConfigError('--query', 'expected an experiment whose runs it finds: whorl ls <experiment> --query TEXT');
  }
  const where = query === undefined ? null : await readQuery(query);
  const settings = readSettings();
  const store = await openStore(settings);
  try {
    if (experiment === undefined) {
      const { items } = await store.experiments.list({ limit: MOST });
      if (json) {
        const documents = items.map(({ id, name, study, runs, byStatus, updatedAt }) => ({
          id,
          name,
          study,
          runs,
          byStatus,
          updatedAt,
          url: experimentUrl(settings.home, id),
        }));
        return printJson({ experiments: documents });
      }
      if (items.length === 0) return printLine('Nothing is recorded yet. Train something: whorl run spiral');
      return printLine(
        table(items, [
          { head: 'experiment', cell: ({ name }) => colour.bold(name) },
          { head: 'study', cell: ({ study }) => study },
          { head: 'runs', align: 'right', cell: ({ runs }) => String(runs) },
          { head: 'running', align: 'right', cell: ({ byStatus }) => String(byStatus.running || '-') },
          { head: 'last activity', cell: ({ updatedAt }) => when(updatedAt) },
          { head: 'id', cell: ({ id }) => colour.dim(id) },
        ]),
      );
    }
    const { id } = await store.experiments.get(experiment);
    const items = where
      ? await store.runs.getMany(store.runs.ids({ scope: { experimentId: id }, where, timeZone: timeZone() }))
      : await store.runs.all(id);
    if (json) return printJson({ runs: items.map((run) => runDocument(settings.home, run)) });
    const formatOf = (key: string) => numberFormat(items.map((run) => lastOf(run, key)));
    const [loss, accuracy] = [formatOf('loss'), formatOf('accuracy')];
    printLine(
      table(items, [
        { head: 'run', cell: (run) => colour.bold(run.id) },
        { head: 'name', cell: (run) => run.name },
        { head: 'status', cell: (run) => status(run.status) },
        { head: 'loss', align: 'right', cell: (run) => loss(lastOf(run, 'loss')) },
        { head: 'accuracy', align: 'right', cell: (run) => accuracy(lastOf(run, 'accuracy')) },
        { head: 'time', align: 'right', cell: (run) => duration(run.durationMs) },
        { head: 'engine', cell: (run) => run.engine },
        { head: 'started', cell: (run) => when(run.startedAt) },
      ]),
    );
  } finally {
    await store.close();
  }
}
