import type { FieldInfo } from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { badFields } from '../src/features/runs-table/model/bad-fields.ts';
import { parseColumn } from '../src/features/runs-table/model/columns.ts';
import { DEFAULT_VIEW } from '../src/features/runs-table/model/table-view.ts';

describe('what an address asks of a table and is not there', () => {
  const infos = [{ field: 'optimizer.lr' }] as unknown as FieldInfo[];
  const columns = ['params.optimizer.lr', 'params.never'].map(parseColumn);
  const words = { knownField: 'a field', knownSet: 'a set' };
  const known = { infos, columns, refused: null, lostSet: null };

  it('are columns that no run has, where the address names them', () => {
    const chosen = { ...DEFAULT_VIEW, cols: columns };
    const [never] = [columns[1]?.field];
    expect(badFields(chosen, chosen, known, words)).toEqual([{ name: 'cols', came: never, expected: 'a field' }]);
    expect(badFields(DEFAULT_VIEW, DEFAULT_VIEW, known, words)).toEqual([]);
  });

  it('are a selection that is lost, and a query that is refused', () => {
    const asked = { ...DEFAULT_VIEW, q: 'tags.secret = 1' };
    const refused = { q: asked.q, mistake: null, message: 'not of this share' };
    const [query, lost] = [
      { name: 'q', came: asked.q, expected: 'not of this share' },
      { ...known, lostSet: 's1' },
    ];
    expect(badFields(asked, DEFAULT_VIEW, { ...known, refused }, words)).toEqual([query]);
    expect(badFields(asked, asked, { ...known, refused }, words)).toEqual([]);
    expect(badFields(asked, asked, lost, words)).toEqual([{ name: 'sel', came: '@s1', expected: 'a set' }]);
  });
});
