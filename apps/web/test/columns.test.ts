import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packColumn, packIntegers, unpackColumn } from '../src/contract/columns.ts';

const bits = (numbers: ArrayLike<number>) => [...new BigUint64Array(Float64Array.from(numbers).buffer)];
const anyColumn = fc.array(fc.oneof(fc.double(), fc.constantFrom(-0, Number.NaN, 1 / 3, Math.fround(1 / 3))));

describe('columns on the wire', () => {
  it('arrive to the last bit, whatever is in them', () => {
    fc.assert(
      fc.property(anyColumn, (column) => {
        expect(bits(unpackColumn(packColumn(column)))).toEqual(bits(column));
        expect(bits(unpackColumn(packIntegers(column)))).toEqual(bits(column));
      }),
    );
  });

  it('of integers arrive, however large and in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), (column) => {
        expect([...unpackColumn(packIntegers(column))]).toEqual(column);
      }),
    );
  });

  it('take little room: a byte a step, and half for what was computed in single precision', () => {
    const steps = Array.from({ length: 3000 }, (_, i) => i);
    expect(packIntegers(steps).length).toBe(1 + 4000);
    expect(packColumn(steps.map((step) => Math.fround(step / 7))).length).toBe(1 + 16_000);
    expect(packColumn(steps.map((step) => step / 7)).length).toBe(1 + 32_000);
  });
});
