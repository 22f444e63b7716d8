import { execFile } from 'node:child_process';
import { cpus, hostname, release, type } from 'node:os';
import { promisify } from 'node:util';
import type { Engine } from '@whorl/core/train';
import manifest from '../../package.json' with { type: 'json' };

const execute = promisify(execFile);

async function git(...args: string[]): Promise<string | null> {
  try {
    return (await execute('git', args, { timeout: 5000 })).stdout.trim();
  } catch {
    return null;
  }
}

/** The commit of the working folder and whether there are uncommitted changes; null outside of a repository. */
async function gitState(): Promise<{ commit: string; dirty: boolean } | null> {
  const commit = await git('rev-parse', 'HEAD');
  if (commit === null) return null;
  return { commit, dirty: (await git('status', '--porcelain')) !== '' };
}

export const whorlVersion = manifest.version;

/** The native engine computes with one thread, so that sums are added in the same order every time. */
const THREADS = 1;

/** Must run before the native engine loads. Variables that the user has set are kept. */
export function prepareNativeEngine(): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  process.env.TF_NUM_INTRAOP_THREADS ??= String(THREADS);
  process.env.TF_NUM_INTEROP_THREADS ??= String(THREADS);
  // oneDNN's kernels make convolutions twice as fast, and dense layers no slower (docs/decisions/0005).
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  // Keep oneDNN's kernels between steps. For batches above 32 TensorFlow would otherwise create them anew in every step.
  process.env.TF_MKL_OPTIMIZE_PRIMITIVE_MEMUSE ??= '0';
}

/**
 * Describes where and with what a run is trained.
 * @param launch identifies the command that the run is part of
 */
export async function describeEnvironment(
  engine: Engine,
  launch: string | undefined,
): Promise<Record<string, unknown>> {
  return {
    whorl: whorlVersion,
    engineVersions: engine.versions,
    threads: engine.name === 'native' ? Number(process.env.TF_NUM_INTRAOP_THREADS) : 1,
    git: await gitState(),
    node: process.versions.node,
    os: `${type()} ${release()} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    host: hostname(),
    ...(launch === undefined ? {} : { launch }),
  };
}
