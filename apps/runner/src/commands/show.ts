import { commandOf, numberFormat, writeValue } from '@whorl/core';
import type { RunRecord } from '@whorl/store';
import { reasonOf, words } from '../messages/index.ts';
import { getRun, inRecord } from '../record/record.ts';
import { runUrl } from '../serving/links.ts';
import { colour } from '../terminal/colour.ts';
import { terminalColumns, wrap } from '../terminal/layout.ts';
import { duration, printJson, printLine, printTable, status, when } from '../terminal/output.ts';
import { runDocument } from './run.ts';

/** Prints text that may need more than one line. */
function printWrapped(text: string, style: (line: string) => string = String): void {
  for (const line of wrap(text, terminalColumns(process.stdout))) printLine(style(line));
}

/** A number format for one metric: the size of values differs from metric to metric. */
const formatOf = ({ last, min, max }: RunRecord['metrics'][number]) => numberFormat([last, min, max]);

/** `whorl show`: all that is recorded of one run. */
export const show = (id: string, { json }: { json?: boolean }): Promise<void> =>
  inRecord(async (store, settings) => {
    const run = await getRun(store, id);
    const command = commandOf(run, (await store.experiments.get(run.experimentId)).name);
    if (json) {
      const { name, mode, error, environment, createdAt, startedAt, endedAt, params } = run;
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
    const { heads, show: t } = words();
    const reason = reasonOf(run);
    printWrapped(`${colour.bold(run.name)}  ${status(run.status)}${reason ? `${words().course.colon}${reason}` : ''}`);
    const how = [run.engine, run.mode].filter(Boolean).join(', ');
    printWrapped([run.id, how, when(run.startedAt), duration(run.durationMs)].filter(Boolean).join('  '), colour.dim);
    printLine();
    if (run.metrics.length === 0) printLine(t.noMetrics);
    else printMetrics(run.metrics);
    const params = Object.entries(run.params);
    if (params.length > 0) {
      printLine();
      printTable(params, [
        { head: heads.config, cell: ([path]) => path },
        { head: heads.value, cell: ([, value]) => writeValue(value), narrow: 'cut' },
      ]);
    }
    printLine();
    if (command) printLine(`${colour.dim(t.again)} ${command}`); // what another program trained, no command of ours repeats
    printLine(`${colour.dim(t.page)} ${runUrl(settings.home, run.id)}`);
  });

function printMetrics(metrics: RunRecord['metrics']): void {
  const { heads } = words();
  printTable(metrics, [
    { head: heads.metric, cell: ({ key }) => key, narrow: 'cut' },
    { head: heads.points, align: 'right', cell: ({ count }) => String(count), leaveOut: 3 },
    { head: heads.last, align: 'right', cell: (series) => formatOf(series)(series.last) },
    { head: heads.lowest, align: 'right', cell: (series) => formatOf(series)(series.min) },
    { head: heads.atStep, align: 'right', cell: ({ minStep }) => String(minStep ?? '-'), leaveOut: 1 },
    { head: heads.highest, align: 'right', cell: (series) => formatOf(series)(series.max) },
    { head: heads.atStep, align: 'right', cell: ({ maxStep }) => String(maxStep ?? '-'), leaveOut: 2 },
  ]);
}
