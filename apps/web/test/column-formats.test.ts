import type { FieldInfo } from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { columnFormats } from '../src/features/runs-table/model/column-formats.ts';

const info = (field: string, of: Partial<FieldInfo>): FieldInfo => ({
  field,
  kind: 'number',
  runs: 3,
  distinct: of.values?.length ?? 201,
  values: [],
  ...of,
});

const write = (of: Partial<FieldInfo>, ...values: number[]) =>
  values.map(columnFormats([info('metrics.loss', of)])('loss'));

describe('the numbers of a column of the runs table', () => {
  it('tell 0.0005, 0.0006 and 0.0014 apart', () => {
    const values = [0.0005, 0.0006, 0.0014];
    expect(write({ values, min: 0.0005, max: 0.0014 }, ...values)).toEqual(['0.0005', '0.0006', '0.0014']);
  });

  it('keep their decimals where the column has more values than are told, whole ends or not', () => {
    expect(write({ min: 0, max: 1 }, 0.9996, 0.5, 1)).toEqual(['0.9996', '0.5000', '1.0000']);
    expect(write({ min: 3, max: 503 }, 503, 17)).toEqual(['503', '17']);
  });

  it('are written though nothing is known of the column yet', () => {
    expect(columnFormats([])('loss')(0.25)).toBe('0.2500');
  });
});
