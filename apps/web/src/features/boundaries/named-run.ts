import { own } from '@whorl/core';
import { type Look, levelsAmong, looksBy } from '#src/charts/looks.ts';
import type { Run } from '#src/contract/schemas.ts';

/** What a run's label shows: its name and its look. */
export interface LabelledRun {
  readonly run: { readonly id: string };
  readonly name: string;
  readonly look: Look;
}

/** A run with its label. */
export interface NamedRun extends LabelledRun {
  readonly run: Run;
}

/**
 * A run on a page of its own. It looks as its level of the study's first factor looks elsewhere.
 * @param ofStudy the study's factors
 */
export function nameRun(run: Run, ofStudy: readonly string[]): NamedRun {
  const by = ofStudy.slice(0, 1);
  const look = looksBy(by, levelsAmong([run], by))((path) => own(run.params, path));
  return { run, name: run.name, look };
}
