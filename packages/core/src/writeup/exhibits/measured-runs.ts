import type { ParamValue } from '../../config/canonical.ts';
import { flatten } from '../../config/canonical.ts';
import { resultIn } from '../../metrics/diverged.ts';
import type { RecordedRun } from '../../studies/recorded.ts';

type Params = Readonly<Record<string, ParamValue>>;

/** A recorded run as a report reads it; the store's runs have all of this. */
export interface WriteupRun extends RecordedRun {
  readonly id: string;
  /** The params of a run without a config, which another program recorded. */
  readonly params: Params;
  readonly seed: number | null;
  /** `whorl`, or the kind of program that recorded it. */
  readonly source: string;
  readonly engine: string | null;
  readonly endedAt: Date | null;
}

/** The params of a run: from its config if it has one, which tells lists from texts. */
export const paramsOfRun = ({ config, params }: Pick<WriteupRun, 'config' | 'params'>): Params =>
  config ? flatten(config) : params;

/** Runs with their result by a metric, as a comparison takes them; runs without one are left out. */
export const observationsOf = (runs: readonly WriteupRun[], metric: string) =>
  runs.flatMap((run) => {
    const value = resultIn(run, metric);
    return value === undefined ? [] : [{ params: paramsOfRun(run), value, run }];
  });
