import { numberFormat, writeValue } from '@whorl/core';
import { openStore, type RunRecord } from '@whorl/store';
import { colour } from '../colour.ts';
import { runUrl } from '../links.ts';
import { duration, printJson, printLine, status, table, when } from '../output.ts';
import { readSettings } from '../settings.ts';
import { runDocument } from './run.ts';

/** The values of one metric line by line: another metric has another size. */
const formatOf = ({ last, min, max }: RunRecord['metrics'][number]) => numberFormat([last, min, max]);

/** `whorl show`: all that is recorded of one run. */
export async function show(id: string, { json }: { json?: boolean }): Promise<void> {
  const settings = readSettings();
  const store = await openStore(settings);
  try {
    const run = await store.runs.get(id);
    if (json) {
      const { name, mode, error, environment, command, createdAt, startedAt, endedAt, params } = run;
      return printJson({
        ...runDocument(settings.home, run),
        name,
        mode,
        error,
        environment,
        command,
        createdAt,
        startedAt,
        endedAt,
        params,
      });
    }
    printLine(`${colour.bold(run.name)}  ${status(run.status)}${run.error ? `: ${run.error}` : ''}`);
    printLine(
      colour.dim(
        `${run.id}  ${[run.engine, run.mode].filter(Boolean).join(', ')}  ${when(run.startedAt)}  ${duration(run.durationMs)}`,
      ),
    );
    printLine();
    printLine(
      table(run.metrics, [
        { head: 'metric', cell: ({ key }) => key },
        { head: 'points', align: 'right', cell: ({ count }) => String(count) },
        { head: 'last', align: 'right', cell: (series) => formatOf(series)(series.last) },
        { head: 'lowest', align: 'right', cell: (series) => formatOf(series)(series.min) },
        { head: 'at step', align: 'right', cell: ({ minStep }) => String(minStep ?? '-') },
        { head: 'highest', align: 'right', cell: (series) => formatOf(series)(series.max) },
        { head: 'at step', align: 'right', cell: ({ maxStep }) => String(maxStep ?? '-') },
      ]),
    );
    printLine();
    printLine(
      table(Object.entries(run.params), [
        { head: 'config', cell: ([path]) => path },
        { head: 'value', cell: ([, value]) => writeValue(value) },
      ]),
    );
    printLine(`\n${colour.dim('again:')} ${run.command}`);
    printLine(`${colour.dim('page: ')} ${runUrl(settings.home, run.id)}`);
  } finally {
    await store.close();
  }
}
