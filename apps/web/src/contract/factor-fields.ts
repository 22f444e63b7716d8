import type { FieldInfo } from '@whorl/core';
import { runCount, varyingParams } from './varying-params.ts';

// Finds out in what configurations differ, from the fields of an experiment's runs.

/** Factors with more levels than this group runs only on request. */
export const MOST_LEVELS = 12;
const MOST_CONFIGURATIONS = 48;

/**
 * The config paths that differ among the runs, without the seed. Those of the study come first.
 * @param ofStudy the study's factors, the most important first
 */
export function varyingFields(fields: readonly FieldInfo[], ofStudy: readonly string[]): FieldInfo[] {
  const rank = ({ field }: FieldInfo) => (ofStudy.includes(field) ? ofStudy.indexOf(field) : ofStudy.length);
  return varyingParams(fields)
    .map(({ info }) => info)
    .sort((a, b) => rank(a) - rank(b) || (a.field < b.field ? -1 : 1));
}

/**
 * Those of the varying paths that somebody chose. `optimizer.beta1` varies because `optimizer.name` does, so it is no factor
 * of its own.
 */
export function factorFields(fields: readonly FieldInfo[], ofStudy: readonly string[]): FieldInfo[] {
  const total = runCount(fields);
  const varying = varyingFields(fields, ofStudy);
  const names = new Set(varying.map(({ field }) => field));
  return varying.filter(({ field, runs }) => {
    const kind = `${field.split('.')[0]}.name`;
    return !(runs < total && field !== kind && names.has(kind));
  });
}

/** The factors with few enough levels for a short table of configurations; empty where there are none. */
export function summaryFactors(fields: readonly FieldInfo[], ofStudy: readonly string[]): string[] {
  const chosen: string[] = [];
  const total = runCount(fields);
  let configurations = 1;
  for (const { field, distinct, runs } of factorFields(fields, ofStudy)) {
    const levels = distinct + (runs < total ? 1 : 0); // lacking the field counts as a level
    if (levels > MOST_LEVELS || configurations * levels > MOST_CONFIGURATIONS) continue;
    configurations *= levels;
    chosen.push(field);
  }
  return chosen;
}
