import type { ParamValue } from '../config/canonical.ts';
import { valueKey } from '../naming/write-value.ts';
import type { Observed } from './observation.ts';
import { levelOrder } from './order.ts';
import { own } from './own.ts';

/** The values of a level, in the order of its factors; undefined where its runs lack the path. */
export type Values = readonly (ParamValue | undefined)[];

/** A level of some factors, with its runs. */
export interface DesignLevel<R> {
  /** Equal for two levels exactly if all of their values are, whatever texts these are. */
  readonly key: string;
  readonly values: Values;
  readonly runs: readonly R[];
}

export const valuesOf = ({ params }: Observed, by: readonly string[]): Values => by.map((path) => own(params, path));

/** The key of a level. Values that could be read as something else are quoted, so that no two levels share a key. */
export const levelKey = (values: Values): string => values.map(valueKey).join(' + ');

/** The key of a run's level. */
export const levelOf = (run: Observed, by: readonly string[]): string => levelKey(valuesOf(run, by));

/** Runs by level, in the order of the levels. */
export function byLevel<R extends Observed>(observations: readonly R[], by: readonly string[]): DesignLevel<R>[] {
  const levels = new Map<string, DesignLevel<R> & { readonly runs: R[] }>();
  for (const run of observations) {
    const values = valuesOf(run, by);
    const key = levelKey(values);
    const level = levels.get(key);
    if (level) level.runs.push(run);
    else levels.set(key, { key, values, runs: [run] });
  }
  return [...levels.values()].sort((a, b) => levelOrder(a.values, b.values));
}
