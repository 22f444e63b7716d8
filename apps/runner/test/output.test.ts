import { formatNumber } from '@whorl/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { duration } from '../src/terminal/output.ts';
import { sparkline } from '../src/terminal/progress.ts';

describe('what people read', () => {
  beforeEach(() => void vi.stubEnv('WHORL_LANG', 'en'));
  afterEach(() => void vi.unstubAllEnvs());

  it('has numbers with what matters of them', () => {
    expect([0, 0.5, 1.23456, 123.456, 1e-5, 2.5e7, Number.NaN, Infinity, -Infinity, null].map(formatNumber)).toEqual([
      '0',
      '0.5000',
      '1.235',
      '123.5',
      '1e-5',
      '25000000',
      'NaN',
      '∞',
      '-∞',
      '-',
    ]);
  });

  it('has times as people say them', () => {
    expect([null, Number.POSITIVE_INFINITY, Number.NaN, 400, 9_940, 12_400, 185_000, 3_725_000].map(duration)).toEqual([
      '-',
      '-',
      '-',
      '0.4 s',
      '9.9 s',
      '12 s',
      '3:05 min',
      '1:02 h',
    ]);
  });

  it('has a curve in characters, whatever the values', () => {
    expect(sparkline([])).toBe('');
    expect(sparkline([1, 2, 3])).toBe('▁▅█');
    expect(sparkline([1, 1])).toBe('▁▁');
    expect(sparkline([1, Number.NaN, 2])).toBe('▁×█');
    expect(sparkline(Array.from({ length: 1000 }, (_, i) => i))).toHaveLength(16);
  });
});
