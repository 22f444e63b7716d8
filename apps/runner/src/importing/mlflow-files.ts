import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type AnyReader, type MlflowPart, mlflowReader, mlflowRunId } from '@whorl/formats';

const SECTIONS: readonly string[] = ['params', 'tags', 'metrics'] satisfies MlflowPart[];

/** A file of the folder of a run of MLflow: which run, and who reads it. */
export interface MlflowFile {
  readonly runId: string;
  readonly reader: AnyReader;
}

/** What a file is of a run of MLflow, by where it lies; null where it is of none. Of artifacts none is read. */
export function mlflowFile(file: string, root: string): MlflowFile | null {
  if (path.basename(file) === 'meta.yaml') {
    const runId = runIdIn(path.dirname(file));
    return runId === null ? null : { runId, reader: mlflowReader('meta', '') };
  }
  const parts = path.relative(root, file).split(path.sep);
  // The outermost folder that is called so: a key may have such a part, too.
  for (const [i, part] of parts.slice(0, -1).entries()) {
    if (!SECTIONS.includes(part)) continue;
    const runId = runIdIn(path.join(root, ...parts.slice(0, i)));
    const key = parts.slice(i + 1).join('/');
    if (runId !== null) return { runId, reader: mlflowReader(part as MlflowPart, key) };
  }
  return null;
}

function runIdIn(folder: string): string | null {
  try {
    return mlflowRunId(readFileSync(path.join(folder, 'meta.yaml'))) ?? null;
  } catch {
    return null;
  }
}
