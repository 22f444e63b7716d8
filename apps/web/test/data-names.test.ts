import { describe, expect, it } from 'vitest';
import { placeLegend } from '../src/charts/picture-exports.ts';
import { pointsSchema } from '../src/contract/schemas.ts';
import { dataNames } from '../src/features/boundaries/model/data-names.ts';

const points = (runId: string, names = {}) =>
  pointsSchema.parse({ runId, artifactId: 1, count: 3, classes: 2, ...names });
const IRIS = { columns: ['petal_length', '花瓣宽度'], classNames: ['setosa', '弗吉尼亚'], standardized: true };

describe('what pictures of a file call its columns and classes', () => {
  it('bug: "class 0" and "x₁" for a CSV file with names: its own', () => {
    expect(dataNames([points('a', IRIS), points('b', IRIS)])).toEqual({
      columns: IRIS.columns,
      standardized: true,
      classes: IRIS.classNames,
    });
  });

  it('nothing where there are no names, or the runs are of different files: one legend is below all pictures', () => {
    const nameless = { columns: null, standardized: false, classes: null };
    expect([dataNames([]), dataNames([points('a')])]).toEqual([nameless, nameless]);
    expect(dataNames([points('a', IRIS), points('b', { ...IRIS, classNames: ['0', '1'] })])).toEqual(nameless);
    expect(dataNames([points('a', IRIS), points('b')])).toEqual(nameless);
  });

  it('nothing of a description that does not fit, and the points all the same', () => {
    const odd = points('a', { columns: ['x'], classNames: ['only one'], standardized: 'yes' });
    expect(odd.count).toBe(3);
    expect(dataNames([odd])).toEqual({ columns: null, standardized: false, classes: null });
  });

  it('bug: a file of the pictures cut every class to nine characters: each entry is as wide as its name, in lines', () => {
    const names = ['Iris-versicolor', '弗吉尼亚鸢尾', 'Iris-setosa', 'x'.repeat(200)];
    const placed = placeLegend(
      names.map((name) => ({ name, colour: '#000' })),
      400,
    );
    expect(placed.map(({ name }) => name).slice(0, 3)).toEqual(names.slice(0, 3));
    expect(placed.map(({ line }) => line)).toEqual([0, 0, 1, 1]);
    expect(placed[1]?.x).toBeGreaterThan((placed[0]?.x ?? 0) + 15 * 6);
    expect(placed[3]?.name).toMatch(/^x+…x+$/);
  });
});
