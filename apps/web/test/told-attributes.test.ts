import { ATTRIBUTES, type Attribute } from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { isFieldVisible } from '../src/server/access/visible.ts';
import { guestOf, ownerOf, startRun, temporaryStore } from './record.ts';

describe('attributes', () => {
  it('bug: one that nobody decided on is for the owner alone', async () => {
    const store = await temporaryStore();
    const { experimentId } = await startRun(store, 'shared');
    const { context } = await guestOf(store, experimentId);
    const sees = ({ viewer }: Pick<typeof context, 'viewer'>, key: string) =>
      isFieldVisible(viewer, { kind: 'attribute', key: key as Attribute });
    expect(ATTRIBUTES.filter((key) => !sees(context, key))).toEqual([]);
    expect(['salary', 'constructor', '__proto__'].filter((key) => sees(context, key))).toEqual([]);
    expect(sees(ownerOf(store), 'salary')).toBe(true);
  });
});
