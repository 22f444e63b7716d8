import type { ParamValue } from '../config/canonical.ts';
import { chosenFactors } from '../design/chosen-factors.ts';
import { isOfKind } from '../design/design.ts';
import { byLevel, levelOf } from '../design/levels.ts';
import type { Observation } from '../design/observation.ts';
import { own } from '../design/own.ts';
import { varyingPaths } from '../design/varying.ts';
import { FEWEST_PAIRS } from './family.ts';
import { type Interaction, interactionOf } from './interaction.ts';
import { factorColumns, numbered } from './layout.ts';
import { repetitionOf } from './replicates.ts';
import type { TableValue } from './seed-tables.ts';
import { holm } from './student.ts';

/** Whether and how much the effect of some factors depends on others: their interaction. */
export interface Dependence extends Interaction {
  /** The factors whose effect depends. */
  readonly of: readonly string[];
  /** The paths on which it depends; they vary as one factor. */
  readonly on: readonly string[];
  /** Adjusted for all interactions asked of these factors, and for looks. */
  readonly pAdjusted: number;
}

export interface DependenceOptions {
  /** The share of 5% that this look may spend (looks.ts); 1 where left out. */
  readonly spend?: number;
  /** The variance that all seeds have in common, as a share of one's (splits.ts); 0 where left out. */
  readonly shared?: number;
}

/**
 * On what the effect of some factors depends: on each other factor that somebody chose to vary and that is crossed with
 * them; and where several factors are compared, on each of these against the rest. One family, by Holm; the largest
 * first. An interaction that cannot be tested (the factor is not crossed, too few seeds have both) is left out. For
 * observations without a confound.
 */
export function dependencesOf(
  observations: readonly Observation[],
  by: readonly string[],
  { spend = 1, shared = 0 }: DependenceOptions = {},
): Dependence[] {
  const varying = varyingPaths(observations);
  const finite = observations
    .map(({ params, value }) => ({ params, value }))
    .filter(({ value }) => Number.isFinite(value));
  const found = candidatesOf(observations, by, varying).flatMap(({ of, on }) => {
    const test = testOfTable(finite, of, on, varying, shared);
    return test ? [{ of, on, ...test }] : [];
  });
  const adjusted = holm(found.map(({ p }) => p));
  return found
    .map((test, i) => ({ ...test, pAdjusted: Math.min(1, (adjusted[i] as number) / spend) }))
    .sort((a, b) => b.size - a.size);
}

function testOfTable(
  finite: readonly Observation[],
  of: readonly string[],
  on: readonly string[],
  varying: readonly string[],
  shared: number,
): Interaction | null {
  const { values, cells } = tableOf(finite, of, on, varying);
  return interactionOf(values, cells, shared);
}

/** The test of one interaction, as in {@link dependencesOf}; null where it cannot be tested. */
export function interactionBetween(
  observations: readonly Observation[],
  of: readonly string[],
  on: readonly string[],
  shared: number,
): Interaction | null {
  const finite = observations.filter(({ value }) => Number.isFinite(value));
  return testOfTable(finite, of, on, varyingPaths(observations), shared);
}

type Candidate = Pick<Dependence, 'of' | 'on'>;

function candidatesOf(
  observations: readonly Observation[],
  by: readonly string[],
  varying: readonly string[],
): Candidate[] {
  const levels = byLevel(observations, by);
  const others = chosenFactors(observations, varying).filter(
    (path) => !by.includes(path) && !isOfKind(path, by, levels),
  );
  const within = factorColumns(observations, by).map(({ paths }) => paths);
  // Of two factors compared together there is one question, whichever is named first.
  const parts = within.length > 2 ? within : within.slice(1);
  return [
    ...factorColumns(observations, others).map(({ paths }) => ({ of: by, on: paths })),
    ...(within.length > 1 ? parts.map((on) => ({ of: by.filter((path) => !on.includes(path)), on })) : []),
  ];
}

/**
 * The runs as a table of two factors. What varies only within the levels of one of them belongs to its rows or columns;
 * what is crossed with both makes blocks. Cells with fewer than three seeds are left out.
 */
function tableOf(
  finite: readonly Observation[],
  of: readonly string[],
  on: readonly string[],
  varying: readonly string[],
): { values: TableValue[]; cells: number } {
  const both = [...of, ...on];
  const told = byLevel(finite, both)
    .map(({ runs }) => runs)
    .filter((runs) => new Set(runs.map(repetitionOf)).size >= FEWEST_PAIRS)
    .flat();
  const beside = varying.filter((path) => !both.includes(path));
  const ofRows = beside.filter((path) => isWithin(told, path, of));
  const ofColumns = beside.filter((path) => !ofRows.includes(path) && isWithin(told, path, on));
  const crossed = beside.filter((path) => !ofRows.includes(path) && !ofColumns.includes(path));
  const cells = numbered(told.map((run) => levelOf(run, both)));
  const seeds = numbered(told.map(repetitionOf));
  const sums = new Map<string, { -readonly [K in keyof TableValue]: TableValue[K] } & { runs: number }>();
  for (const [i, run] of told.entries()) {
    const [seed, cell] = [seeds.numbers[i] as number, cells.numbers[i] as number];
    const [row, column, block] = [
      levelOf(run, [...of, ...ofRows]),
      levelOf(run, [...on, ...ofColumns]),
      levelOf(run, crossed),
    ];
    const key = `${seed}\n${row}\n${column}\n${block}`;
    const mean = sums.get(key) ?? { seed, block, row, column, cell, value: 0, runs: 0 };
    // Divided while adding: the plain sum of large values could overflow.
    mean.value += (run.value - mean.value) / ++mean.runs;
    sums.set(key, mean);
  }
  return { values: [...sums.values()], cells: cells.count };
}

/** Whether each value of a path occurs at only one level of some factors. */
function isWithin(runs: readonly Observation[], path: string, factors: readonly string[]): boolean {
  const levels = new Map<ParamValue | undefined, string>();
  return runs.every((run) => {
    const [value, level] = [own(run.params, path), levelOf(run, factors)];
    const known = levels.get(value) ?? level;
    levels.set(value, known);
    return known === level;
  });
}
