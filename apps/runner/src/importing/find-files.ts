import { type Dirent, readdirSync } from 'node:fs';
import path from 'node:path';

/** What lies beside the log of a run of W&B or SwanLab is found through the log. */
const OF_A_LOG = new Set(['files', 'media', 'logs', 'debug', 'tmp']);
const isLog = ({ name }: Dirent): boolean => /\.(wandb|swanlab)$/.test(name);

/** What programs install, and what nobody sees. */
const isLeftOut = ({ name }: Dirent): boolean =>
  name.startsWith('.') || name === 'node_modules' || name === '__pycache__';

/** What lies in a folder. */
export interface FolderContents {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** The files and folders of a folder that may hold runs, in order of name; none where it is gone. */
export function contentsOf(folder: string): FolderContents {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return { files: [], folders: [] };
  }
  const hasLog = entries.some(isLog);
  const seen = entries
    .filter((entry) => !isLeftOut(entry) && !(hasLog && entry.isDirectory() && OF_A_LOG.has(entry.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const paths = (kind: (entry: Dirent) => boolean) => seen.filter(kind).map(({ name }) => path.join(folder, name));
  return { files: paths((entry) => entry.isFile()), folders: paths((entry) => entry.isDirectory()) };
}

/** All such files below a folder. */
export function filesBelow(folder: string): string[] {
  const { files, folders } = contentsOf(folder);
  return [...files, ...folders.flatMap(filesBelow)];
}
