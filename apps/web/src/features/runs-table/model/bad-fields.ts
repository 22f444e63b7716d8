import { type FieldInfo, sameThing } from '@whorl/core';
import type { BadField } from '#src/contract/bad-field.ts';
import type { Column } from './columns.ts';
import type { Refused } from './table-input.ts';
import type { TableView } from './table-view.ts';

interface Known {
  readonly infos: readonly FieldInfo[];
  readonly columns: readonly Column[];
  readonly refused: Refused | null;
  /** The id of a set of selected runs that does not exist; null where there is none. */
  readonly lostSet: string | null;
}

interface Words {
  readonly knownField: string;
  readonly knownSet: string;
}

/**
 * The parts of an address that cannot be shown for these runs.
 * @param shown the view that the table shows instead
 */
export function badFields(ofAddress: TableView, shown: TableView, known: Known, words: Words): BadField[] {
  const { infos, columns, refused, lostSet } = known;
  const missing =
    shown.cols === null ? [] : columns.filter(({ field }) => !infos.some((info) => sameThing(info.field, field)));
  const message = refused?.message ?? null;
  return [
    ...missing.map(({ field }) => ({ name: 'cols', came: field, expected: words.knownField })),
    ...(lostSet === null ? [] : [{ name: 'sel', came: `@${lostSet}`, expected: words.knownSet }]),
    ...(shown === ofAddress || message === null ? [] : [{ name: 'q', came: ofAddress.q, expected: message }]),
  ];
}
