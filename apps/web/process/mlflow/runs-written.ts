import type { Store } from '@whorl/store';
import { doesNotExist } from './errors.ts';
import { writtenRun } from './written.ts';

/** Runs with all that is known of them; unknown ids are left out. */
export function writtenRuns(store: Store, ids: readonly string[]) {
  const links = store.inputs.of(ids);
  return store.logged.read(ids).map((run) => writtenRun(run, links.get(run.id)));
}

/** @throws MlflowError where there is no such run */
export function wholeRun(store: Store, id: string) {
  const [run] = writtenRuns(store, [id]);
  if (!run) throw doesNotExist(`Run with id=${id} not found`);
  return run;
}
