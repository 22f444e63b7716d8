import { ConfigError } from '@whorl/core';
import { openStore, type Store, StoreError } from '@whorl/store';
import { filesBelow } from '../importing/find-files.ts';
import { finishQuiet } from '../importing/finish-quiet.ts';
import { type FileReport, type ImportTarget, importFile } from '../importing/import-file.ts';
import { noteFaults, printReport, reportDocument } from '../importing/report.ts';
import { type ImportRoot, importRoots, runNames } from '../importing/sources.ts';
import { inLanguage, words } from '../messages/index.ts';
import { readSettings } from '../record/settings.ts';
import { experimentUrl } from '../serving/links.ts';
import { colour } from '../terminal/colour.ts';
import { note, printJson, printLine } from '../terminal/output.ts';

export interface ImportOptions {
  readonly name?: string;
  readonly json?: boolean;
}

/** `whorl import`: takes in what other programs wrote, and of what was taken in before only what is new. */
export async function importSources(given: readonly string[], { name, json = false }: ImportOptions): Promise<void> {
  const settings = readSettings();
  const store = await openStore(settings);
  try {
    const roots = await importRoots(store, given, name);
    const reports: FileReport[] = [];
    for (const root of roots) reports.push(...(await importRoot(store, root, json)));
    const experiments = [...new Map(roots.map(({ experiment }) => [experiment.id, experiment])).values()];
    if (json) {
      return printJson({
        experiments: experiments.map(({ id, name }) => ({ id, name, url: experimentUrl(settings.home, id) })),
        files: reports.filter(({ format }) => format !== null).map(reportDocument),
      });
    }
    const sum = (count: (report: FileReport) => number) => reports.reduce((all, report) => all + count(report), 0);
    const runs = new Set(reports.flatMap((report) => [...report.runs]));
    printLine(
      words().importing.all(
        runs.size,
        sum(({ points }) => points),
        sum(({ media }) => media),
      ),
    );
    for (const { id } of experiments) printLine(experimentUrl(settings.home, id));
  } finally {
    await store.close();
  }
}

async function importRoot(store: Store, root: ImportRoot, isQuiet: boolean): Promise<FileReport[]> {
  const experimentId = root.experiment.id;
  const target: ImportTarget = { store, experimentId, known: store.imported.of(experimentId), isLive: false };
  const reports: FileReport[] = [];
  for (const file of root.isFolder ? filesBelow(root.path) : [root.path]) {
    const report = await importOne(target, file, root);
    if (report === null) continue;
    reports.push(report);
    if (isQuiet) noteFaults(report);
    else printReport(report);
  }
  if (reports.every(({ format }) => format === null)) throw new ConfigError('', words().importing.noSource(root.path));
  finishQuiet(target, new Set(reports.flatMap(({ runs }) => [...runs])), Date.now());
  return reports;
}

/** Null of a file that cannot be taken in, which is said: the others are. */
async function importOne(target: ImportTarget, file: string, root: ImportRoot): Promise<FileReport | null> {
  try {
    return await importFile(target, file, runNames(root, file));
  } catch (error) {
    const why = reasonToSkip(error);
    if (why === null) throw error;
    note(`${colour.yellow('!')} ${words().importing.failed(file, why)}`);
    return null;
  }
}

/** What is of one file alone: it cannot be opened, or its run is archived, deleted or read by another process. */
function reasonToSkip(error: unknown): string | null {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof StoreError) return code === 'conflict' || code === 'not-found' ? inLanguage(error.said) : null;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? message : null;
}
