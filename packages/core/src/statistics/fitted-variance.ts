import { Basis } from './basis.ts';
import type { Layout, LayoutRow } from './layout.ts';
import { type Line, type NoEffect, termsOf, type Variance } from './variance.ts';

/** In multiplications; more would keep a page waiting. */
const MOST_WORK = 3e8;

interface Term {
  readonly of: readonly number[];
  readonly columns: readonly Float64Array[];
}

/**
 * The variance of any layout by least squares, with sums of squares of type III: a line explains what the model
 * explains less what it explains without the line's columns, which add up to zero over the levels. The seeds are blocks
 * where that costs no line a degree of freedom; each line is then tested against its interaction with them. Null where
 * it takes too much work.
 */
export function fittedVariance(layout: Layout, values: Float64Array): Variance | null {
  const { rows, seeds } = layout;
  const isShared = rows.length > seeds;
  const model = modelOf(layout, isShared ? seeds - 1 : 0);
  if (!model) return null;
  const { terms, leftOut } = model;
  const seedColumns = isShared ? contrasts(rows, seeds, ({ seed }) => seed) : [];
  const plain = fit(terms, [constant(rows)]);
  const withSeeds = isShared ? fit(terms, [constant(rows), ...seedColumns]) : plain;
  const areBlocks = isShared && terms.every((_, i) => withSeeds.gains[i] === plain.gains[i]);
  const { full, without, gains } = areBlocks ? withSeeds : plain;
  const left = full.residual(values);
  const residual = { df: rows.length - full.rank, sum: left };
  const error = areBlocks ? 'seeds' : isShared ? null : 'runs';

  const errorOf = ({ of, columns }: Term): Pick<Line, 'error' | 'dfError'> => {
    if (error === null) return { error: 0, dfError: 0 };
    if (error === 'runs') return { error: left, dfError: residual.df };
    // How each of the two factors differs by seed is not part of the interaction's error.
    const parts =
      of.length > 1 ? terms.filter((term) => term.of.length === 1 && of.includes(term.of[0] as number)) : [];
    const beside = full.with(parts.flatMap((part) => products(part.columns, seedColumns)));
    const bySeed = beside.with(products(columns, seedColumns));
    const sum = Math.max(0, beside.residual(values) - bySeed.residual(values));
    return { error: sum, dfError: bySeed.rank - beside.rank };
  };
  const lines = terms.flatMap((term, i): Line[] => {
    const df = gains[i] as number;
    const sum = Math.max(0, (without[i] as Basis).residual(values) - left);
    return df === 0 ? [] : [{ of: term.of, df, sum, ...errorOf(term) }];
  });
  if (areBlocks) {
    const sum = Math.max(0, plain.full.residual(values) - left);
    lines.push({ of: [], df: full.rank - plain.full.rank, sum, error: 0, dfError: 0 });
  }
  const aliased = terms.filter((_, i) => gains[i] === 0).map(({ of }) => ({ of, why: 'aliased' as const }));
  return { lines, residual, leftOut: [...leftOut, ...aliased], error };
}

interface Model {
  readonly terms: readonly Term[];
  readonly leftOut: readonly { readonly of: readonly number[]; readonly why: NoEffect }[];
}

/** The columns of all lines that are possible beside some blocks; null where even the single factors are too many. */
function modelOf(layout: Layout, blocks: number): Model | null {
  const { factors, rows } = layout;
  // Each line is fitted once without its columns and once with them by seed.
  const isTooMuch = (columns: number, lines: number) =>
    columns >= rows.length || 2 * lines * rows.length * columns ** 2 > MOST_WORK;
  let width = factors.reduce((sum, { levels }) => sum + levels - 1, 1 + blocks);
  if (isTooMuch(width, factors.length)) return null;
  const single = factors.map(({ levels }, i) => contrasts(rows, levels, ({ at }) => at[i] as number));
  const terms: Term[] = single.map((columns, i) => ({ of: [i], columns }));
  const leftOut: Model['leftOut'][number][] = [];
  for (const of of termsOf(layout).slice(factors.length)) {
    const [a, b] = of as [number, number];
    const [levels, others] = [factors[a]?.levels ?? 0, factors[b]?.levels ?? 0];
    const columns = (levels - 1) * (others - 1);
    const cells = new Set(rows.map(({ at }) => (at[a] as number) * others + (at[b] as number))).size;
    if (cells < levels * others) leftOut.push({ of, why: 'empty-cells' });
    else if (isTooMuch(width + columns, terms.length + 1)) leftOut.push({ of, why: 'too-many' });
    else {
      width += columns;
      terms.push({ of, columns: products(single[a] ?? [], single[b] ?? []) });
    }
  }
  return { terms, leftOut };
}

/**
 * Fits a model beside columns that stay: whole, then without each term; and the rank that each term adds to the others.
 */
function fit(terms: readonly Term[], stay: readonly Float64Array[]) {
  const full = new Basis([...stay, ...terms.flatMap(({ columns }) => columns)]);
  const without = terms.map(
    (term) => new Basis([...stay, ...terms.flatMap((other) => (other === term ? [] : other.columns))]),
  );
  return { full, without, gains: without.map(({ rank }) => full.rank - rank) };
}

const constant = (rows: readonly LayoutRow[]): Float64Array => new Float64Array(rows.length).fill(1);

/** The columns of a factor, adding up to zero over its levels: 1 at one level, -1 at the last. */
function contrasts(rows: readonly LayoutRow[], levels: number, levelOf: (row: LayoutRow) => number): Float64Array[] {
  return Array.from({ length: levels - 1 }, (_, level) =>
    Float64Array.from(rows, (row) => (levelOf(row) === level ? 1 : levelOf(row) === levels - 1 ? -1 : 0)),
  );
}

const products = (a: readonly Float64Array[], b: readonly Float64Array[]): Float64Array[] =>
  a.flatMap((x) => b.map((y) => x.map((value, i) => value * (y[i] as number))));
