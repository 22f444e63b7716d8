import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { previewCsv, previewJsonTable, previewParquet } from '../src/tables/table-preview.ts';

const LIMITS = { rows: 3, columns: 4, cell: 10 };
const bytes = (text: string) => new TextEncoder().encode(text);

describe('the first rows of a table', () => {
  it('of CSV: quoted cells, rows of other lengths, and how many there are', () => {
    const csv = 'a,b\n1,"x, ""y""\nz"\n2\n3,4,5\n4,5\n';
    expect(previewCsv(bytes(csv), LIMITS)).toEqual({
      columns: ['a', 'b'],
      rows: [
        ['1', 'x, "y"\nz'],
        ['2', ''],
        ['3', '4'],
      ],
      total: 4,
    });
    expect(previewCsv(bytes('\ufeffa\tb\n1\t2\n'), LIMITS, '\t')).toMatchObject({ columns: ['a', 'b'], total: 1 });
    expect(previewCsv(bytes(''), LIMITS)).toBeNull();
    const long = `a,b\n${'1,2\n'.repeat(400_000)}`;
    expect(previewCsv(bytes(long), LIMITS), 'only its beginning is read').toMatchObject({ total: null });
  });

  it('of JSON as MLflow and W&B write it, and of a list of objects; not of any other', () => {
    const table = JSON.stringify({
      columns: ['q', 'a'],
      data: [
        ['why', { b: 1 }],
        [null, 2],
      ],
    });
    expect(previewJsonTable(table, LIMITS)).toEqual({
      columns: ['q', 'a'],
      rows: [
        ['why', '{"b":1}'],
        ['', '2'],
      ],
      total: 2,
    });
    expect(previewJsonTable('[{"a":1},{"b":"2","a":true}]', LIMITS)).toEqual({
      ...{
        columns: ['a', 'b'],
        rows: [
          ['1', ''],
          ['true', '2'],
        ],
        total: 2,
      },
    });
    for (const other of ['{"columns":[],"data":5}', '[1]', '[]', '"a"', '{', 'null']) {
      expect(previewJsonTable(other, LIMITS)).toBeNull();
    }
  });

  it('is cut to what can be read: rows, columns and cells', () => {
    const wide = JSON.stringify([Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`c${i}`, 'x'.repeat(50)]))]);
    const found = previewJsonTable(wide, LIMITS);
    expect(found?.columns).toHaveLength(4);
    expect(found?.rows[0]?.[0]).toBe(`${'x'.repeat(9)}…`);
  });

  it('of Parquet, with as many rows as it says', async () => {
    const folder = new URL('./fixtures/neptune-tables/', import.meta.url);
    const [file = ''] = readdirSync(fileURLToPath(folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.parquet'),
    );
    const data = readFileSync(new URL(file, folder));
    const found = await previewParquet(data, { ...LIMITS, columns: 100, cell: 100 });
    expect(found?.columns).toContain('attribute_path');
    expect(found?.rows).toHaveLength(3);
    expect(found?.total).toBeGreaterThan(3);
    expect(await previewParquet(data.subarray(0, data.length - 20), LIMITS)).toBeNull();
    expect(await previewParquet(bytes('PAR1'), LIMITS)).toBeNull();
    expect(await previewParquet(bytes('no table'), LIMITS)).toBeNull();
  });
});
