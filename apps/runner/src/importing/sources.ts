import { statSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '@whorl/core';
import type { Store } from '@whorl/store';
import { words } from '../messages/index.ts';
import { cleanName } from '../record/record.ts';
import type { RunNames } from './intake.ts';
import { mlflowFile } from './mlflow-files.ts';

/** A file or folder that is read, as it was given, and the experiment that its runs go into. */
export interface ImportRoot {
  readonly path: string;
  readonly isFolder: boolean;
  readonly experiment: { readonly id: string; readonly name: string };
}

/**
 * The files and folders of a command line with their experiments, which are made where they are not there: of the name that was
 * given, else of the folder's.
 * @throws ConfigError for a path that leads nowhere, before anything is made
 */
export async function importRoots(
  store: Store,
  given: readonly string[],
  name: string | undefined,
): Promise<ImportRoot[]> {
  const roots = given.map((word) => {
    const file = path.resolve(word);
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found?.isFile() && !found?.isDirectory()) throw new ConfigError('', words().importing.noFile(word));
    return { path: file, isFolder: found.isDirectory() };
  });
  checkExperimentName(name);
  const named: ImportRoot[] = [];
  for (const root of roots) {
    const folder = root.isFolder ? root.path : path.dirname(root.path);
    named.push({
      ...root,
      experiment: await experimentNamed(store, cleanName(name ?? path.basename(folder)) || 'imported'),
    });
  }
  return named;
}

/** @throws ConfigError where nothing is left of a name */
export function checkExperimentName(name: string | undefined): void {
  if (name !== undefined && cleanName(name) === '') throw new ConfigError('--name', words().importing.noName);
}

/** The experiment of this name, made where it is not there. */
export async function experimentNamed(store: Store, name: string): Promise<ImportRoot['experiment']> {
  const found = await store.experiments.find(name);
  return found?.name === name ? found : store.experiments.create(name, null);
}

/** What the runs of a file are called: those of TensorBoard and MLflow are folders. */
export function runNames(root: ImportRoot, file: string): RunNames {
  const folder = root.isFolder ? root.path : path.dirname(root.path);
  const ofMlflow = mlflowFile(file, folder);
  if (ofMlflow) return { identity: ofMlflow.runId, name: ofMlflow.runId, reader: ofMlflow.reader };
  const isOfFolder = path.basename(file).includes('tfevents');
  const identity = isOfFolder ? path.dirname(file) : file;
  const below = path.relative(folder, identity).split(path.sep).join('/');
  const name = isOfFolder ? below : below.replace(/\.[^./]+$/, '');
  return { identity, name: name || path.basename(folder) };
}
