import { describe, expect, it } from 'vitest';
import { noteProgress, type ProgressMark, timeLeft, totalSteps } from '../src/index.ts';

describe('the progress of a run', () => {
  it('is out of epochs times steps per epoch, and of nothing where one is not known', () => {
    expect(totalSteps(4000, 1)).toBe(4000);
    expect(totalSteps(3, 16)).toBe(48);
    for (const unknown of [undefined, null, 0, Number.NaN, '4']) expect(totalSteps(3, unknown)).toBeNull();
    expect(totalSteps(undefined, 16)).toBeNull();
  });

  it('tells the time left by the pace of the last seconds, not by that of the beginning', () => {
    let seen: readonly ProgressMark[] = [];
    // Ten steps a second for a minute, then a hundred a second for half a minute.
    for (let s = 0; s <= 60; s++) seen = noteProgress(seen, { at: 1000 * s, steps: 10 * s });
    expect(timeLeft(seen, 1600, 60_000)).toBeCloseTo(100_000, -2);
    for (let s = 1; s <= 30; s++) seen = noteProgress(seen, { at: 60_000 + 1000 * s, steps: 600 + 100 * s });
    expect(timeLeft(seen, 4600, 90_000)).toBeCloseTo(10_000, -2);
    expect(timeLeft(seen, 4600, 92_000)).toBeCloseTo(8_000, -2);
    expect(seen.length).toBeLessThan(25);
  });

  it('says nothing of the time left before it has seen enough, and never less than none', () => {
    const once = noteProgress([], { at: 0, steps: 5 });
    expect(timeLeft(once, 100, 1000)).toBeNull();
    const twice = noteProgress(once, { at: 200, steps: 50 });
    expect(timeLeft(twice, 100, 300)).toBeNull();
    const later = noteProgress(twice, { at: 2000, steps: 90 });
    expect(timeLeft(later, 100, 60_000)).toBe(0);
    expect(noteProgress(later, { at: 3000, steps: 90 })).toBe(later);
  });
});
