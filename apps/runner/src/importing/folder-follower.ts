import { statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Store, StoreError } from '@whorl/store';
import { inLanguage, words } from '../messages/index.ts';
import { colour } from '../terminal/colour.ts';
import { note } from '../terminal/output.ts';
import { contentsOf } from './find-files.ts';
import { FolderWatch } from './folder-watch.ts';
import { type FileReport, type ImportTarget, importFile } from './import-file.ts';
import { noteFaults } from './report.ts';
import { type ImportRoot, runNames } from './sources.ts';

/** Everything is looked at so often, and at most a tenth of the time. */
const SCAN_MS = 1000;
const SCAN_SHARE = 10;
/** What is written at once is read at once. */
const GATHER_MS = 100;

/** Follows a folder: reads what is in it, and what comes, until it is told to stop. */
export class FolderFollower {
  readonly runs = new Set<string>();
  points = 0;
  media = 0;
  readonly #root: ImportRoot;
  readonly #target: ImportTarget;
  readonly #watch = new FolderWatch((file) => this.#tell(file));
  /** Files of which the system said that they changed. */
  readonly #changed = new Set<string>();
  /** Of each file what it was when it was looked at. */
  readonly #seen = new Map<string, string>();
  /** Faults that were told. */
  readonly #told = new Set<string>();
  #wake: () => void = () => {};

  constructor(store: Store, root: ImportRoot) {
    const experimentId = root.experiment.id;
    this.#root = root;
    this.#target = { store, experimentId, known: store.imported.of(experimentId), isLive: true };
  }

  /** Ends when `signal` is aborted, with nothing half read. */
  async follow(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#wake(), { once: true });
    while (!signal.aborted) {
      const began = performance.now();
      await this.#scan(signal);
      const next = performance.now() + Math.max(SCAN_MS, (performance.now() - began) * SCAN_SHARE);
      while (!signal.aborted && performance.now() < next) {
        await this.#until(next);
        if (this.#changed.size === 0 || signal.aborted) continue;
        await sleep(GATHER_MS);
        await this.#visitChanged(signal);
      }
    }
    this.#watch.close();
  }

  #tell(file: string): void {
    this.#changed.add(file);
    this.#wake();
  }

  /** Waits until a file changes, or until then. */
  #until(then: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#changed.size > 0) {
        resolve();
        return;
      }
      const timer = setTimeout(() => this.#wake(), Math.max(0, then - performance.now()));
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = () => {};
        resolve();
      };
    });
  }

  /** Looks at every file, first at those that change meanwhile. */
  async #scan(signal: AbortSignal): Promise<void> {
    const folders = [this.#root.path];
    const files: string[] = [];
    for (const folder of folders) {
      const contents = contentsOf(folder);
      folders.push(...contents.folders);
      files.push(...contents.files);
    }
    this.#watch.listenTo(new Set(folders));
    for (const file of files) {
      if (signal.aborted) return;
      if (this.#changed.size > 0) await this.#visitChanged(signal);
      await this.#visit(file);
    }
  }

  async #visitChanged(signal: AbortSignal): Promise<void> {
    const files = [...this.#changed];
    this.#changed.clear();
    for (const file of files) {
      if (signal.aborted) return;
      if (contentsOf(path.dirname(file)).files.includes(file)) await this.#visit(file);
    }
  }

  /** Reads what is new of a file. What fails now is tried again by the next scan. */
  async #visit(file: string): Promise<void> {
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found) return;
    const state = `${found.size} ${found.mtimeMs}`;
    if (this.#seen.get(file) === state) return;
    try {
      this.#add(await importFile(this.#target, file, runNames(this.#root, file)));
      this.#seen.set(file, state);
    } catch (error) {
      this.#fail(file, state, error);
    }
  }

  #add(report: FileReport): void {
    this.points += report.points;
    this.media += report.media;
    for (const run of report.runs) this.runs.add(run);
    const damage = report.damage.filter(({ offset }) => this.#isNew(`${report.file} ${offset}`));
    noteFaults({ ...report, damage, rest: 0 });
  }

  #fail(file: string, state: string, error: unknown): void {
    const { importing: t } = words();
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return;
    if (error instanceof StoreError && code === 'not-found') {
      this.#seen.set(file, state);
      if (this.#isNew(`${file} gone`)) note(`${colour.yellow('!')} ${t.gone(file)}`);
      return;
    }
    // Another process read it meanwhile, too: where it was left stands in the record.
    if (error instanceof StoreError && code === 'conflict') this.#reload(file);
    const why = error instanceof StoreError ? inLanguage(error.said) : String((error as Error).message);
    if (this.#isNew(`${file} ${why}`)) note(`${colour.yellow('!')} ${t.failed(file, why)}`);
  }

  #reload(file: string): void {
    const now = this.#target.store.imported.of(this.#target.experimentId).get(file);
    if (now) this.#target.known.set(file, now);
  }

  #isNew(fault: string): boolean {
    const isNew = !this.#told.has(fault);
    this.#told.add(fault);
    return isNew;
  }
}
