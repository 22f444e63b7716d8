import { existsSync } from 'node:fs';
import path from 'node:path';
import { ConfigError, suggested } from '@whorl/core';
import {
  databaseFile,
  type ExperimentRecord,
  openTidied,
  type RunRecord,
  type Store,
  type StoreError,
} from '@whorl/store';
import { inLanguage, words } from '../messages/index.ts';
import { colour } from '../terminal/colour.ts';
import { note } from '../terminal/output.ts';
import { readSettings, type Settings } from './settings.ts';

// Commands that read do not create a record. Run in the wrong folder, they say where they looked.

/**
 * Opens the record of these settings; null where nothing was recorded there. If it cannot be written, for example because
 * the disk is full, it is opened for reading, which is noted unless `quiet`.
 */
export async function openRecord(settings: Settings, { quiet = false } = {}): Promise<Store | null> {
  if (!existsSync(databaseFile(settings.home, settings.databaseUrl))) return null;
  const store = await openTidied({ ...settings, readOnly: 'if needed' });
  if (store.readOnlyBecause && !quiet) noteOnlyRead(store.readOnlyBecause);
  return store;
}

/** Notes that the record is open for reading only, and why. */
export function noteOnlyRead({ said }: StoreError): void {
  note(`${colour.yellow('!')} ${words().record.onlyRead(inLanguage(said))}`);
}

/**
 * Opens the record, does some work with it and closes it.
 * @throws ConfigError where there is no record
 */
export async function inRecord<T>(work: (store: Store, settings: Settings) => Promise<T>): Promise<T> {
  const settings = readSettings();
  const store = await openRecord(settings);
  if (!store) throw new ConfigError('', noRecord(settings));
  try {
    return await work(store, settings);
  } finally {
    await store.close();
  }
}

function noRecord({ home }: Settings): string {
  const { missing, elsewhere, goThere } = words().record;
  const other = recordAbove(path.dirname(home));
  return missing(home, other === null ? goThere : elsewhere(other));
}

/** The nearest folder above this one that has a record; null where none has. */
function recordAbove(folder: string): string | null {
  const above = path.dirname(folder);
  if (above === folder) return null;
  const home = path.join(above, '.whorl');
  return existsSync(databaseFile(home, undefined)) ? home : recordAbove(above);
}

/** Normalizes a name as the store does: without blanks around it, each letter as one character. */
export const cleanName = (name: string): string => name.trim().normalize('NFC');

/** The experiment of a name or an id; null where there is none. */
export const findExperiment = async (store: Store, word: string): Promise<ExperimentRecord | null> =>
  (await store.experiments.find(word)) ?? store.experiments.find(cleanName(word));

/** @throws ConfigError that suggests a similar name */
export async function getExperiment(store: Store, word: string): Promise<ExperimentRecord> {
  const found = await findExperiment(store, word);
  if (found) return found;
  throw new ConfigError('', words().record.noExperiment(word, await nearExperiment(store, word)));
}

/** @throws ConfigError where there is no such run */
export async function getRun(store: Store, word: string): Promise<RunRecord> {
  const [run] = await store.runs.getMany([word.trim()]);
  if (run) return run;
  throw new ConfigError('', words().record.noRun(word));
}

/** The experiment or the run that a word names. @throws ConfigError where it names neither */
export async function findTarget(
  store: Store,
  command: string,
  word: string,
): Promise<{ readonly experiment: ExperimentRecord } | { readonly experiment: null; readonly run: RunRecord }> {
  const experiment = await findExperiment(store, word);
  if (experiment) return { experiment };
  const [run] = await store.runs.getMany([word.trim()]);
  if (run) return { experiment: null, run };
  throw new ConfigError(command, words().record.noTarget(word, await nearExperiment(store, word)));
}

const nearExperiment = async (store: Store, word: string): Promise<string> =>
  inLanguage(suggested(cleanName(word), await store.experiments.names()));

/**
 * The runs that the words of a command name, each once, oldest first, so that levels keep the order in which they were run.
 * @throws ConfigError for a word that names neither a run nor an experiment
 */
export async function runsOf(store: Store, command: string, targets: readonly string[]): Promise<RunRecord[]> {
  const runs = new Map<string, RunRecord>();
  for (const word of targets) {
    const target = await findTarget(store, command, word);
    for (const run of target.experiment ? await store.runs.all(target.experiment.id) : [target.run])
      runs.set(run.id, run);
  }
  return [...runs.values()].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
}
