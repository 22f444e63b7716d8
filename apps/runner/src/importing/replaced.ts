import type { Store } from '@whorl/store';
import type { RunDigest } from './run-digest.ts';

/**
 * What a file is that is not the one which was read, or not its continuation: it was `rewritten` with all that was read and
 * perhaps more; it is `shorter`, and so perhaps still written; or it is of `another` run. Nothing that was read is forgotten.
 */
export function howReplaced(
  store: Store,
  runId: string | null,
  digests: ReadonlyMap<string, RunDigest>,
): 'rewritten' | 'shorter' | 'another' {
  const digest = digests.get('');
  if (runId === null || digests.size > 1) return 'another';
  const [run] = store.logged.read([runId]);
  if (!run) return 'another';
  let isShorter = false;
  for (const { key, count } of run.series) {
    const now = digest?.series.get(key);
    const before = store.metrics.read(runId, key);
    const length = Math.min(count, now?.steps.length ?? 0);
    for (let i = 0; i < length; i++) {
      if (!Object.is(before.steps[i], now?.steps[i]) || !Object.is(before.values[i], now?.values[i])) return 'another';
    }
    isShorter ||= length < count;
  }
  return isShorter ? 'shorter' : 'rewritten';
}
