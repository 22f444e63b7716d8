import { Basis } from './basis.ts';
import { numbered } from './layout.ts';
import { dot, rangeOf, solverOf } from './symmetric.ts';

// For each seed a table of two factors, from which rows and columns are removed: what is left is the interaction. With
// all cells there this takes only means; with some missing, least squares.

/** What a run contributes to a table of two factors. */
export interface TableValue {
  /** Counted from 0. */
  readonly seed: number;
  /** Runs of one block share their seed and everything that is crossed with both factors. */
  readonly block: string;
  /** The level of the first factor, and of what varies only within it. */
  readonly row: string;
  readonly column: string;
  /** The cell of the two factors, counted from 0. */
  readonly cell: number;
  readonly value: number;
}

/** A seed's interaction, cell by cell. */
export interface SeedTable {
  readonly table: Float64Array;
  readonly solved: Solved;
}

/** How to find the tables of all seeds that have the same runs. */
export interface Solved {
  /** In how many directions these tables tell something of an interaction. */
  readonly rank: number;
  /** These directions, orthonormal. */
  space(): readonly Float64Array[];
  /** @param values of each block, in order */
  tableOf(values: readonly Float64Array[]): Float64Array;
}

type Block = readonly TableValue[];

/** @param unit the largest value: squares of values in this unit do not overflow */
export function seedTables(values: readonly TableValue[], cells: number, unit: number): SeedTable[] {
  const bySeed = new Map<number, Map<string, TableValue[]>>();
  for (const value of values) {
    const blocks = bySeed.get(value.seed) ?? new Map<string, TableValue[]>();
    bySeed.set(value.seed, blocks);
    const block = blocks.get(value.block);
    if (block) block.push(value);
    else blocks.set(value.block, [value]);
  }
  // Most seeds have the same runs: the solution for one serves all of them.
  const known = new Map<string, Solved>();
  return [...bySeed.values()].flatMap((found) => {
    const blocks = [...found.values()].map((block) =>
      block.sort((a, b) => a.cell - b.cell || order(a.row, b.row) || order(a.column, b.column)),
    );
    const sorted = blocks
      .map((block) => ({ block, pattern: patternOf(block) }))
      .sort((a, b) => order(a.pattern, b.pattern));
    const patterns = sorted.map(({ pattern }) => pattern);
    const key = patterns.join('\n');
    const inOrder = sorted.map(({ block }) => block);
    const solved = known.get(key) ?? (isWhole(inOrder, patterns) ? whole(inOrder, cells) : fitted(inOrder, cells));
    known.set(key, solved);
    if (solved.rank === 0) return [];
    const table = solved.tableOf(inOrder.map((block) => Float64Array.from(block, ({ value }) => value / unit)));
    return [{ table, solved }];
  });
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const patternOf = (block: Block): string => block.map(({ row, column, cell }) => `${cell} ${row} ${column}`).join(';');

const distinct = (block: Block, keyOf: (value: TableValue) => unknown): number => new Set(block.map(keyOf)).size;

/** Whether all blocks have the same cells: each row with each column once. */
function isWhole([first = []]: readonly Block[], patterns: readonly string[]): boolean {
  const rectangle = distinct(first, ({ row }) => row) * distinct(first, ({ column }) => column);
  return (
    patterns.every((pattern) => pattern === patterns[0]) &&
    rectangle === first.length &&
    distinct(first, ({ cell }) => cell) === first.length
  );
}

/** Where no cell is missing, means are enough. */
function whole(blocks: readonly Block[], cells: number): Solved {
  const block = blocks[0] ?? [];
  const numbersOf = (keyOf: (value: TableValue) => string) => numbered(block.map(keyOf));
  const [rows, columns] = [numbersOf(({ row }) => row), numbersOf(({ column }) => column)];
  const centred = (values: Float64Array): Float64Array => {
    const [ofRows, ofColumns] = [new Float64Array(rows.count), new Float64Array(columns.count)];
    let mean = 0;
    for (const [i, value] of values.entries()) {
      (ofRows[rows.numbers[i] as number] as number) += value / columns.count;
      (ofColumns[columns.numbers[i] as number] as number) += value / rows.count;
      mean += value / values.length;
    }
    return values.map(
      (value, i) =>
        value -
        (ofRows[rows.numbers[i] as number] as number) -
        (ofColumns[columns.numbers[i] as number] as number) +
        mean,
    );
  };
  const spread = (values: Float64Array): Float64Array => {
    const table = new Float64Array(cells);
    for (const [i, { cell }] of block.entries()) table[cell] = values[i] as number;
    return table;
  };
  let space: readonly Float64Array[] | undefined;
  return {
    rank: (rows.count - 1) * (columns.count - 1),
    space: () => {
      space ??= rangeOf(block.map((_, i) => spread(centred(new Float64Array(block.length).fill(1, i, i + 1)))));
      return space;
    },
    tableOf: (values) => spread(centred(meanOf(values))),
  };
}

const meanOf = ([first = new Float64Array(), ...others]: readonly Float64Array[]): Float64Array =>
  first.map((value, i) => others.reduce((sum, other) => sum + (other[i] as number), value) / (1 + others.length));

/** Least squares, with free rows and columns in each block: the smallest of the tables that fit, which has neither. */
function fitted(blocks: readonly Block[], cells: number): Solved {
  const normal = Array.from({ length: cells }, () => new Float64Array(cells));
  const columns = blocks.map((block) => {
    const additive = new Basis([
      ...indicators(block, ({ row }) => row).values(),
      ...indicators(block, ({ column }) => column).values(),
    ]);
    const swept = [...indicators(block, ({ cell }) => cell)].map(([cell, column]) => ({
      cell,
      column: additive.rest(column),
    }));
    for (const a of swept) {
      for (const b of swept) ((normal[a.cell] as Float64Array)[b.cell] as number) += dot(a.column, b.column);
    }
    return swept;
  });
  const space = rangeOf(normal);
  const solve = solverOf(normal, space);
  return {
    rank: space.length,
    space: () => space,
    tableOf: (values) => {
      const sums = new Float64Array(cells);
      for (const [b, y] of values.entries()) {
        for (const { cell, column } of columns[b] ?? []) (sums[cell] as number) += dot(column, y);
      }
      return solve(sums);
    },
  };
}

function indicators<K>(block: readonly TableValue[], keyOf: (value: TableValue) => K): Map<K, Float64Array> {
  const found = new Map<K, Float64Array>();
  for (const [i, value] of block.entries()) {
    const key = keyOf(value);
    const column = found.get(key) ?? new Float64Array(block.length);
    found.set(key, column);
    column[i] = 1;
  }
  return found;
}
