import { parseQuery } from '@whorl/core/query';
import { describe, expect, it } from 'vitest';
import { mistakeIn } from '../src/features/runs-table/model/query-mistake.ts';

describe('what is wrong with a query', () => {
  it('is said in the language of the page', () => {
    const mistake = mistakeIn(parseQuery, 'seed = 1 and and');
    expect(mistake).toMatchObject({ start: 13, end: 16 });
    expect(mistake?.said.en).toMatch(/^expected /);
    expect(mistake?.said.zh).toMatch(/\p{Script=Han}/u);
    expect(mistakeIn(parseQuery, 'seed = 1')).toBeNull();
  });
});
