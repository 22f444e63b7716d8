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

/** The commit of the working folder and whether files differ from it; null outside of a repository. */
async function gitState(): Promise<{ commit: string; dirty: boolean } | null> {
  const commit = await git('rev-parse', 'HEAD');
  if (commit === null) return null;
  return { commit, dirty: (await git('status', '--porcelain')) !== '' };
}

export const whorlVersion = manifest.version;

/** Threads that the native engine computes with: sums of one thread come out the same every time. */
const THREADS = 1;

/** Must run before the native engine loads. Who set these variables keeps them. */
export function prepareNativeEngine(): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  process.env.TF_NUM_INTRAOP_THREADS ??= String(THREADS);
  process.env.TF_NUM_INTEROP_THREADS ??= String(THREADS);
  // Convolutions are twice as fast with oneDNN's kernels, dense layers as fast (docs/decisions/0005).
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  // Keep oneDNN's kernels from step to step: for batches above 32 TensorFlow would make them anew in every one.
  process.env.TF_MKL_OPTIMIZE_PRIMITIVE_MEMUSE ??= '0';
}

/** Where and with what a run is trained. @param launch the command that it is part of */
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
