import { ConfigError } from '@whorl/core';
import { openStore } from '@whorl/store';
import { FolderFollower } from '../importing/folder-follower.ts';
import { importRoots } from '../importing/sources.ts';
import { words } from '../messages/index.ts';
import { readSettings } from '../record/settings.ts';
import { experimentUrl } from '../serving/links.ts';
import { stopSignals } from '../stopping/stop-signals.ts';
import { note, printJson, printLine } from '../terminal/output.ts';

export interface WatchOptions {
  readonly name?: string;
  readonly json?: boolean;
}

/** `whorl watch`: takes in what other programs write, while they write it. */
export async function watchFolders(given: readonly string[], { name, json = false }: WatchOptions): Promise<void> {
  const settings = readSettings();
  const stopping = stopSignals(['SIGINT', 'SIGTERM']);
  const store = await openStore(settings);
  try {
    const roots = await importRoots(store, given, name);
    const file = roots.find(({ isFolder }) => !isFolder);
    if (file) throw new ConfigError('', words().importing.noFolder(file.path));
    const followers = roots.map((root) => new FolderFollower(store, root));
    note(words().importing.watching(roots.map(({ path }) => path).join(', ')));
    for (const { experiment } of roots) note(experimentUrl(settings.home, experiment.id));
    await Promise.all(followers.map((follower) => follower.follow(stopping.signal)));
    const sum = (count: (follower: FolderFollower) => number) => followers.reduce((all, one) => all + count(one), 0);
    const [points, media] = [sum((one) => one.points), sum((one) => one.media)];
    const runs = new Set(followers.flatMap((one) => [...one.runs]));
    if (json) printJson({ runs: [...runs], points, media });
    else printLine(words().importing.all(runs.size, points, media));
  } finally {
    stopping.off();
    await store.close();
  }
}
