import path from 'node:path';
import { type DataOutline, Rng } from '@whorl/core';
import { drawData, readCsvFile } from '@whorl/core/node';
import { inLanguage, words } from '../messages/index.ts';
import { colour } from '../terminal/colour.ts';
import { note } from '../terminal/output.ts';
import { outlineSentence } from './data-sentences.ts';
import type { PlannedRun } from './plan.ts';

/**
 * Completes the planned runs with what their data files determine: an absolute path and the SHA-256 of the contents, so that
 * a config names exactly the data it was trained on. Every file is read and checked as training will do it, and described on
 * stderr.
 * @throws CsvError before anything is written
 */
export async function withFiles(planned: readonly PlannedRun[], folder: string): Promise<PlannedRun[]> {
  // A grid has many runs on one file and seed: read and divide each of them once.
  const hashes = new Map<string, Promise<string>>();
  const outlines = new Map<string, Promise<DataOutline | null>>();
  const said = new Map<string, () => void>();
  const complete: PlannedRun[] = [];
  for (const run of planned) {
    const { data, seed } = run.config;
    if (data.name !== 'csv') {
      complete.push(run);
      continue;
    }
    const file = path.resolve(folder, data.path);
    const sha256 = data.sha256 || (await once(hashes, file, async () => (await readCsvFile(file)).sha256));
    const config = { ...run.config, data: { ...data, path: file, sha256 } };
    // Checked for every seed: the seed decides which rows are held out, and so whether every class keeps rows to train on.
    const key = JSON.stringify([config.data, seed]);
    const outline = await once(outlines, key, async () => (await drawData(config.data, Rng.of(seed))).outline);
    if (outline) {
      const about = `${path.basename(file)}: ${inLanguage(outlineSentence(outline))}`;
      const sentence = `${sha256} ${about}`; // the same sentence for all seeds
      if (!said.has(sentence)) said.set(sentence, () => say(about, outline));
    }
    complete.push({ ...run, config });
  }
  for (const tell of said.values()) tell();
  return complete;
}

function once<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}

function say(about: string, { notes }: DataOutline): void {
  note(`${colour.bold(words().run.data)} ${about}`);
  for (const { isWarning, said } of notes) note(`${isWarning ? `${colour.yellow('!')} ` : ''}${inLanguage(said)}`);
}
