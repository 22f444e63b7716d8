import { type FieldInfo, factorsOf } from '@whorl/core';
import { runsOf, varyingParams } from '#src/comparison/varying-params.ts';
import { MOST_LEVELS } from '#src/curves/outline.ts';
import type { Column } from './columns.ts';

// What is worth showing first, from what is known of the fields of an experiment's runs.

const MOST_VARYING = 4;
const MOST_CONFIGURATIONS = 48;

const column = (field: string, pinned = false): Column => ({ field, pinned, width: null });

/** The config paths that differ among the runs, other than the seed, the study's own factors first. */
export function varyingFields(fields: readonly FieldInfo[], study: string): FieldInfo[] {
  const factors = factorsOf(study);
  const rank = ({ field }: FieldInfo) => (factors.includes(field) ? factors.indexOf(field) : factors.length);
  return varyingParams(fields)
    .map(({ info }) => info)
    .sort((a, b) => rank(a) - rank(b) || (a.field < b.field ? -1 : 1));
}

/**
 * Of the varying paths, those that someone chose: `optimizer.beta1` varies because `optimizer.name` does, and is no
 * factor of its own.
 */
export function factorFields(fields: readonly FieldInfo[], study: string): FieldInfo[] {
  const total = runsOf(fields);
  const varying = varyingFields(fields, study);
  const names = new Set(varying.map(({ field }) => field));
  return varying.filter(({ field, runs }) => {
    const kind = `${field.split('.')[0]}.name`;
    return !(runs < total && field !== kind && names.has(kind));
  });
}

/** The factors with few levels, whose configurations a short table can sum up; none where there are no such. */
export function summaryFactors(fields: readonly FieldInfo[], study: string): string[] {
  const chosen: string[] = [];
  let configurations = 1;
  for (const { field, distinct } of factorFields(fields, study)) {
    if (distinct > MOST_LEVELS || configurations * distinct > MOST_CONFIGURATIONS) continue;
    configurations *= distinct;
    chosen.push(field);
  }
  return chosen;
}

/** Name, the factors, seed, status, loss, accuracy, duration. */
export function defaultColumns(fields: readonly FieldInfo[], study: string): Column[] {
  const factors = factorFields(fields, study)
    .slice(0, MOST_VARYING)
    .map(({ field }) => column(field));
  return [
    column('name', true),
    ...factors,
    ...['seed', 'status', 'metrics.loss', 'metrics.accuracy', 'duration'].map((field) => column(field)),
  ];
}
