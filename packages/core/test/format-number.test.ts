import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differenceFormat,
  formatInterval,
  formatNumber,
  formatP,
  formatPSentence,
  formatShare,
  formatSigned,
  numberFormat,
  summaryFormat,
} from '../src/index.ts';

const column = (...values: number[]) => values.map(numberFormat(values));

describe('measured numbers, alone', () => {
  it.each([
    [0.0005, '0.0005'],
    [0.0006, '0.0006'],
    [0.0014, '0.0014'],
    [0.00051234, '0.0005123'],
    [0.9996, '0.9996'],
    [0.5, '0.5000'],
    [503, '503'],
    [503.25, '503.3'],
    [12345.678, '12346'],
    [2.345678, '2.346'],
    [1, '1'],
    [0, '0'],
    [-0, '0'],
    [-0.5, '-0.5000'],
    [-1234.5678, '-1235'],
    [1e-12, '1e-12'],
    [-1.23456e-12, '-1.235e-12'],
    [1e12, '1e12'],
    [1.23456e12, '1.235e12'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '-∞'],
    [Number.MIN_VALUE, '4.941e-324'],
    [Number.MAX_VALUE, '1.798e308'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('writes a dash where there is none', () => {
    expect([formatNumber(null), formatNumber(undefined)]).toEqual(['-', '-']);
  });
});

describe('measured numbers in a column', () => {
  it.each([
    ['0.0005, 0.0006 and 0.0014 apart', [0.0005, 0.0006, 0.0014], ['0.0005', '0.0006', '0.0014']],
    ['0.9996 beside 1', [0.9996, 1], ['0.9996', '1.0000']],
    ['0.9419 and 0.5 with four decimals', [0.9419, 0.5], ['0.9419', '0.5000']],
    ['whole numbers as such', [503, 12, 1e6], ['503', '12', '1000000']],
    ['numbers that differ in the fifth digit', [0.94191, 0.94193], ['0.94191', '0.94193']],
    ['no noise beyond float32', [0.1 + 0.2, 0.3], ['0.3000', '0.3000']],
    ['a small one beside a large one', [2.3456, 0.00051234], ['2.34560', '0.00051']],
    ['a very small one with its power', [0.9419, 1.2e-5], ['0.9419', '1.2e-5']],
    ['powers of the same length', [3e-5, 4.25e-7], ['3.00e-5', '4.25e-7']],
    ['large ones without a point', [12345.678, 98765.4], ['12346', '98765']],
    ['what is not finite', [0.5, Number.NaN, Number.NEGATIVE_INFINITY], ['0.5000', 'NaN', '-∞']],
  ])('shows %s', (_, values, texts) => {
    expect(column(...values)).toEqual(texts);
  });

  it('writes a number that is not of the column without losing it', () => {
    const format = numberFormat([0, 1]);
    expect([format(1), format(0.9996), format(0.00051)]).toEqual(['1', '0.9996', '0.00051']);
  });

  // Nearer to the ends of a double, half of a last digit is none itself.
  const real = fc
    .double({ noNaN: true, min: -1e300, max: 1e300 })
    .filter((value) => value === 0 || Math.abs(value) > 1e-300);
  const alike = fc.double({ noNaN: true, min: -1000, max: 1000 });
  const columns = fc.oneof(
    fc.array(real, { minLength: 1, maxLength: 60 }),
    fc.array(alike, { minLength: 1, maxLength: 60 }),
  );

  it('parses back within half of its last digit', () => {
    fc.assert(
      fc.property(columns, real, (values, other) => {
        const format = numberFormat(values);
        for (const value of [...values, other]) {
          const text = format(value);
          const [digits = '', exponent = '0'] = text.split('e');
          const unit = 10 ** (Number(exponent) - (digits.split('.')[1]?.length ?? 0));
          expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.5000001 * unit + Math.abs(value) * 1e-15);
          // Two digits of every number are left at least.
          if (value !== 0) expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.050001 * Math.abs(value));
        }
      }),
    );
  });

  it('keeps the order of numbers', () => {
    fc.assert(
      fc.property(columns, fc.array(fc.oneof(real, alike)), (values, others) => {
        const format = numberFormat(values);
        const sorted = [...values, ...others].sort((a, b) => a - b).map((value) => Number(format(value)));
        for (const [i, value] of sorted.entries())
          if (i > 0) expect(value).toBeGreaterThanOrEqual(sorted[i - 1] as number);
      }),
    );
  });

  it('tells numbers apart that differ in their first four digits', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1 }), (tenThousandths) => {
        const texts = column(...tenThousandths.map((value) => value / 10_000));
        expect(new Set(texts).size).toBe(tenThousandths.length);
        expect(new Set(texts.map((text) => text.length)).size).toBe(1);
      }),
    );
  });

  it('lines decimals up', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: 0.01, max: 99 }), { minLength: 1 }), (values) => {
        expect(new Set(column(...values).map((text) => text.split('.')[1]?.length)).size).toBe(1);
      }),
    );
  });
});

describe('the numbers of a comparison', () => {
  it('has p < 0.0001 rather than 0.000', () => {
    expect([0, 0.00009, 0.0001, 0.0123, 1].map(formatP)).toEqual([
      '< 0.0001',
      '< 0.0001',
      '0.0001',
      '0.0123',
      '1.0000',
    ]);
    expect([0, 0.0123].map(formatPSentence)).toEqual(['p < 0.0001', 'p = 0.0123']);
    expect([formatP(undefined), formatP(Number.NaN)]).toEqual(['-', 'NaN']);
  });

  it('writes intervals, signs and shares', () => {
    expect(formatInterval([0.93, 0.958])).toBe('[0.9300, 0.9580]');
    expect(formatInterval(null)).toBe('-');
    expect([0.012, -0.012, 0, undefined].map((value) => formatSigned(value))).toEqual(['+0.0120', '-0.0120', '0', '-']);
    expect([0.419, 0.0004, 0.9996, 0, 1, Number.NaN].map(formatShare)).toEqual([
      '41.9%',
      '< 0.1%',
      '> 99.9%',
      '0.0%',
      '100.0%',
      'NaN',
    ]);
  });

  it('gives means and spreads the same decimals, as in the table of the README', () => {
    const format = summaryFormat([
      { n: 5, mean: 0.50003, sd: 0.00302, ci95: [0.49628, 0.50378] },
      { n: 5, mean: 0.94192, sd: 0.01034, ci95: null },
      null,
    ]);
    expect([0.50003, 0.94192, 0.00302, 0.01034].map(format)).toEqual(['0.5000', '0.9419', '0.0030', '0.0103']);
  });

  it('gives differences and their intervals the same decimals', () => {
    const rounded = differenceFormat([
      { difference: -0.09444439, ci95: [-0.43918742, 0.25029847] },
      { difference: -0.09444451, ci95: [-0.49228011, 0.30333014] },
      { difference: -3.974e-8, ci95: [-0.0717109, 0.0717109] },
    ]);
    expect([-0.09444439, -0.09444451, -0.43918742, -3.974e-8].map((value) => rounded(value))).toEqual([
      '-0.0944',
      '-0.0944',
      '-0.4392',
      '0.0000',
    ]);
    const format = differenceFormat([{ difference: 0.0014, ci95: [0.0005, 0.0006] }, {}]);
    expect([0.0014, 0.0005].map((value) => formatSigned(value, format))).toEqual(['+0.0014', '+0.0005']);
  });
});
