import { describe, expect, it } from 'vitest';
import { compare, type Observation, Rng } from '../src/index.ts';
import { looksOf, spendOf } from '../src/statistics/looks.ts';

const BY_F = { metric: 'accuracy', by: ['f'] } as const;
type Launches = Readonly<Record<string, readonly number[]>>;

/** Runs of each level, seeds from 1, each in a launch. */
const came = (levels: Launches) =>
  looksOf(
    Object.values(levels).map((launches) =>
      launches.map((launch, i) => ({ repetition: i + 1, launch: launch || undefined })),
    ),
  );

describe('looks', () => {
  it.each<[string, Launches, number | null]>([
    ['one launch is one', { a: [1, 1, 1], b: [1, 1, 1] }, 1],
    ['a launch for each level is one: there was nothing to compare before', { a: [1, 1, 1], b: [2, 2, 2] }, 1],
    ['seeds that come later are another', { a: [1, 1, 1, 2], b: [1, 1, 1, 2] }, 2],
    ['and another for each launch', { a: [1, 1, 1, 2, 3, 4], b: [1, 1, 1, 2, 3, 4] }, 4],
    ['too few seeds to read are none yet', { a: [1, 2, 3, 4], b: [1, 2, 3, 4] }, 2],
    ['a new level of the same seeds is none', { a: [1, 1, 1], b: [1, 1, 1], c: [2, 2, 2] }, 1],
    ['one level that gets a seed is one', { a: [1, 1, 1], b: [1, 1, 1, 5] }, 2],
    ['where one is not known none is', { a: [1, 1, 0], b: [1, 1, 1] }, null],
  ])('%s', (_, levels, expected) => expect(came(levels)).toBe(expected));

  it('counts a config that is run again with the same seed as none', () => {
    const run = (launch: number, seed: number) => ({ repetition: seed, launch });
    const level = [run(1, 1), run(1, 2), run(1, 3), run(2, 2)];
    expect(looksOf([level, level])).toBe(1);
  });

  it('spend 5% together, however many they are', () => {
    let sum = 0;
    for (let look = 1; look <= 100_000; look++) sum += spendOf(look);
    expect(sum).toBeLessThan(1);
    expect(sum).toBeGreaterThan(0.9999);
  });

  it('cost p and the intervals alike', () => {
    const runs = (launches: readonly (number | undefined)[]) =>
      ['a', 'b', 'c'].flatMap((f, level) =>
        launches.map(
          (launch, i): Observation => ({
            params: { f, seed: i + 1 },
            value: level / 2 + ((i * 7 + level * 3) % 5) / 9,
            launch,
          }),
        ),
      );
    const [unknown, second] = [runs(Array(5).fill(undefined)), runs([1, 1, 1, 2, 2])].map((of) => compare(of, BY_F));
    expect([unknown?.look, second?.look]).toEqual([null, 2]);
    for (const [i, pair] of (second?.pairs ?? []).entries()) {
      const fixed = unknown?.pairs[i];
      expect(pair.p).toBe(fixed?.p);
      expect(pair.pAdjusted).toBeCloseTo(Math.min(1, ((fixed?.pAdjusted ?? 0) * Math.PI ** 2 * 4) / 6), 10);
      // What the one calls shown, the other does.
      const [low = 0, high = 0] = pair.ci95 ?? [];
      expect(low > 0 || high < 0).toBe((pair.pAdjusted ?? 1) < 0.05);
      expect(high - low).toBeGreaterThan((fixed?.ci95?.[1] ?? 0) - (fixed?.ci95?.[0] ?? 0));
    }
  });

  it('bug: looking after each seed names no more false winners than looking once', () => {
    const rng = Rng.of(11);
    const sets = 400;
    let [named, namedUnspent] = [0, 0];
    for (let set = 0; set < sets; set++) {
      const rows: Observation[] = [];
      const shown = { spent: false, unspent: false };
      for (let seed = 1; seed <= 20; seed++) {
        for (const f of ['a', 'b'])
          rows.push({ params: { f, seed }, value: rng.normal(), launch: Math.max(1, seed - 2) });
        if (seed < 3) continue;
        const { verdict, pairs } = compare(rows, BY_F);
        if (verdict.kind === 'best') shown.spent = true;
        if ((pairs[0]?.p ?? 1) < 0.05) shown.unspent = true;
      }
      named += Number(shown.spent);
      namedUnspent += Number(shown.unspent);
    }
    expect(namedUnspent / sets).toBeGreaterThan(0.15);
    expect(named / sets).toBeLessThan(0.05);
  });
});
