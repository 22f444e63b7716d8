import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

/**
 * Tells which files of some folders change, where the system tells: on a network's disk it may not, and of very many folders it
 * gives up. Whoever watches looks for himself, too, only less often.
 */
export class FolderWatch {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #onChange: (file: string) => void;

  constructor(onChange: (file: string) => void) {
    this.#onChange = onChange;
  }

  /** Listens to these folders, and to no others. */
  listenTo(folders: ReadonlySet<string>): void {
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#add(folder);
  }

  #add(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name !== null) this.#onChange(path.join(folder, name));
      });
      watcher.on('error', () => {
        watcher.close();
        this.#watchers.delete(folder);
      });
      this.#watchers.set(folder, watcher);
    } catch {
      // Gone since, or more than the system listens to.
    }
  }

  close(): void {
    this.listenTo(new Set());
  }
}
