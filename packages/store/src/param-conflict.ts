import { StoreError } from './errors.ts';

/** A param is what a run was told before it began: it must not change. Nothing of the request was written. */
export class ParamConflict extends StoreError {
  readonly runId: string;
  readonly key: string;
  readonly before: string;
  readonly given: string;
  constructor(runId: string, key: string, before: string, given: string) {
    super(
      'conflict',
      `param ${key} of run ${runId} is ${JSON.stringify(before)} and cannot become ${JSON.stringify(given)}`,
    );
    this.runId = runId;
    this.key = key;
    this.before = before;
    this.given = given;
  }
}
