import type { Look } from '#src/comparison/colours.ts';
import { looksOf } from '#src/comparison/colours.ts';
import { varyingPaths } from '#src/comparison/configurations.ts';
import type { Run } from '#src/server/schemas.ts';

/** What a label says of a run: what the page calls it and how the page draws it. */
export interface LabelledRun {
  readonly run: { readonly id: string };
  readonly name: string;
  readonly look: Look;
}

/** A run with its label. */
export interface NamedRun extends LabelledRun {
  readonly run: Run;
}

/** The runs with a name that tells them apart: the values that vary, and the seed. */
export function nameRuns(runs: readonly Run[], varying: readonly string[] = varyingPaths(runs)): NamedRun[] {
  const looks = looksOf(runs, varying);
  return runs.map((run) => ({ run, name: run.name, look: looks.get(run.id) as Look }));
}
