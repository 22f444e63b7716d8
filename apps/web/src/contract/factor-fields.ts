import type { FieldInfo } from '@whorl/core';
import { runCount, varyingParams } from './varying-params.ts';

// What configurations differ in, from what is known of the fields of an experiment's runs.

/** A factor with more levels than these does not group runs unless somebody says so. */
export const MOST_LEVELS = 12;
const MOST_CONFIGURATIONS = 48;

/**
 * The config paths that differ among the runs, other than the seed, the study's own factors first.
 * @param ofStudy these factors, the most telling first
 */
export function varyingFields(fields: readonly FieldInfo[], ofStudy: readonly string[]): FieldInfo[] {
  const rank = ({ field }: FieldInfo) => (ofStudy.includes(field) ? ofStudy.indexOf(field) : ofStudy.length);
  return varyingParams(fields)
    .map(({ info }) => info)
    .sort((a, b) => rank(a) - rank(b) || (a.field < b.field ? -1 : 1));
}

/**
 * Of the varying paths, those that someone chose: `optimizer.beta1` varies because `optimizer.name` does, and is no
 * factor of its own.
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

/** The factors with few levels, whose configurations a short table can sum up; none where there are no such. */
export function summaryFactors(fields: readonly FieldInfo[], ofStudy: readonly string[]): string[] {
  const chosen: string[] = [];
  const total = runCount(fields);
  let configurations = 1;
  for (const { field, distinct, runs } of factorFields(fields, ofStudy)) {
    const levels = distinct + (runs < total ? 1 : 0); // to have none is a level
    if (levels > MOST_LEVELS || configurations * levels > MOST_CONFIGURATIONS) continue;
    configurations *= levels;
    chosen.push(field);
  }
  return chosen;
}
