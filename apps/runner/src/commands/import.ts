import { ConfigError } from '@whorl/core';
import { openStore, type Store, StoreError } from '@whorl/store';
import { filesBelow } from '../importing/find-files.ts';
import { finishQuiet } from '../importing/finish-quiet.ts';
import { type FileReport, type ImportTarget, importFile } from '../importing/import-file.ts';
import { importServerRun } from '../importing/import-server.ts';
import { MlflowServer } from '../importing/mlflow-server.ts';
import { noteFaults, printReport, reportDocument } from '../importing/report.ts';
import { checkExperimentName, experimentNamed, type ImportRoot, importRoots, runNames } from '../importing/sources.ts';
import { inLanguage, words } from '../messages/index.ts';
import { cleanName } from '../record/record.ts';
import { readSettings } from '../record/settings.ts';
import { experimentUrl } from '../serving/links.ts';
import { colour } from '../terminal/colour.ts';
import { note, printJson, printLine } from '../terminal/output.ts';

export interface ImportOptions {
  readonly name?: string;
  readonly json?: boolean;
}

/** What came in. */
interface Imported {
  readonly experiments: ReadonlyMap<string, ImportRoot['experiment']>;
  readonly reports: readonly FileReport[];
}

/** `whorl import`: takes in what other programs wrote, and of what was taken in before only what is new. */
export async function importSources(given: readonly string[], options: ImportOptions): Promise<void> {
  const server = serverOf(given);
  checkExperimentName(options.name);
  const settings = readSettings();
  const store = await openStore(settings);
  try {
    const { experiments, reports } = server
      ? await importServer(store, server, options)
      : await importFiles(store, given, options);
    if (options.json) {
      return printJson({
        experiments: [...experiments.values()].map(({ id, name }) => ({
          id,
          name,
          url: experimentUrl(settings.home, id),
        })),
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
    for (const id of experiments.keys()) printLine(experimentUrl(settings.home, id));
  } finally {
    await store.close();
  }
}

/** The server of `whorl import mlflow ADDRESS`; undefined where files are given. */
function serverOf(given: readonly string[]): MlflowServer | undefined {
  const [kind, address, ...rest] = given;
  const isAddress = (word: string | undefined) => /^https?:\/\//i.test(word ?? '');
  if (kind !== 'mlflow' || !isAddress(address)) {
    const lost = given.find(isAddress);
    if (lost !== undefined) throw new ConfigError('', words().importing.bareAddress(lost));
    return undefined;
  }
  if (rest.length > 0 || !URL.canParse(address as string))
    throw new ConfigError('', words().importing.oneAddress(given.slice(1).join(' ')));
  return new MlflowServer(new URL(address as string), process.env);
}

async function importServer(
  store: Store,
  server: MlflowServer,
  { name, json = false }: ImportOptions,
): Promise<Imported> {
  const experiments = new Map<string, ImportRoot['experiment']>();
  const reports: FileReport[] = [];
  for await (const { id, name: ownName } of server.experiments()) {
    let target: ImportTarget | undefined;
    for await (const run of server.runs(id)) {
      if (!target) {
        const experiment = await experimentNamed(store, cleanName(name ?? ownName) || 'imported');
        experiments.set(experiment.id, experiment);
        const known = store.imported.of(experiment.id);
        target = { store, experimentId: experiment.id, known, isLive: false };
      }
      const into = target;
      const report = await unlessRefused(run.info.run_id, () => importServerRun(into, server, run));
      if (report) tell(reports, report, json);
    }
  }
  return { experiments, reports };
}

async function importFiles(
  store: Store,
  given: readonly string[],
  { name, json = false }: ImportOptions,
): Promise<Imported> {
  const roots = await importRoots(store, given, name);
  const reports: FileReport[] = [];
  for (const root of roots) reports.push(...(await importRoot(store, root, json)));
  return { experiments: new Map(roots.map(({ experiment }) => [experiment.id, experiment])), reports };
}

async function importRoot(store: Store, root: ImportRoot, isQuiet: boolean): Promise<FileReport[]> {
  const experimentId = root.experiment.id;
  const target: ImportTarget = { store, experimentId, known: store.imported.of(experimentId), isLive: false };
  const reports: FileReport[] = [];
  for (const file of root.isFolder ? filesBelow(root.path) : [root.path]) {
    const report = await unlessRefused(file, () => importFile(target, file, runNames(root, file)));
    if (report) tell(reports, report, isQuiet);
  }
  if (reports.every(({ format }) => format === null)) throw new ConfigError('', words().importing.noSource(root.path));
  finishQuiet(target, new Set(reports.flatMap(({ runs }) => [...runs])), Date.now());
  return reports;
}

function tell(reports: FileReport[], report: FileReport, isQuiet: boolean): void {
  reports.push(report);
  if (isQuiet) noteFaults(report);
  else printReport(report);
}

/** Null of a source that cannot be taken in, which is said: the others are. */
async function unlessRefused(source: string, read: () => Promise<FileReport>): Promise<FileReport | null> {
  try {
    return await read();
  } catch (error) {
    const why = reasonToSkip(error);
    if (why === null) throw error;
    note(`${colour.yellow('!')} ${words().importing.failed(source, why)}`);
    return null;
  }
}

/** What is of one source alone: it cannot be opened, or its run is archived, deleted or read by another process. */
function reasonToSkip(error: unknown): string | null {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof StoreError) return code === 'conflict' || code === 'not-found' ? inLanguage(error.said) : null;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? message : null;
}
