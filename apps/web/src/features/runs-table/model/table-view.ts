import { QueryError } from '@whorl/core';
import { isId } from '#src/contract/is-id.ts';
import {
  checked,
  flagField,
  listField,
  textField,
  Unreadable,
  type ViewField,
  type ViewOf,
} from '#src/view/view-state.ts';
import { type Column, formatColumn, orderColumns, parseColumn } from './columns.ts';
import { type AddressSelection, readSelection, UNSAID, writeSelection } from './selection.ts';
import { formatSort, parseSort, type Sort } from './sorting.ts';

// The state of the runs table in the page's address.

const MOST_COLUMNS = 200;
const MOST_FIELDS = 8;
/** More ids would make the address too long to paste, so a stored set takes their place. */
export const MOST_IDS = 50;

const texts = listField([], MOST_COLUMNS);

/** A list whose items are read by `read`. If one is invalid, its error message says what was expected. */
function fieldsField<T, Fallback extends readonly T[] | null>(
  fallback: Fallback,
  most: number,
  read: (text: string) => T,
  write: (item: T) => string,
): ViewField<readonly T[] | Fallback> {
  return {
    fallback,
    read: (text) => {
      const items = texts.read(text);
      checked(items, items.length <= most, `at most ${most} fields`);
      try {
        return items.map(read);
      } catch (error) {
        if (!(error instanceof QueryError)) throw error;
        throw new Unreadable(error.message);
      }
    },
    write: (items) => texts.write((items ?? []).map(write)),
  };
}

const columnsField = fieldsField<Column, null>(null, MOST_COLUMNS, parseColumn, formatColumn);

const selectionField: ViewField<AddressSelection> = {
  fallback: UNSAID,
  read: (text) => {
    const selection = readSelection(texts.read(text));
    const { ids, set } = selection;
    checked(
      selection,
      set === null ? [...ids].every(isId) : isId(set) && ids.size === 0,
      'ids of runs or @ and that of a set of runs, after * where these are not selected',
    );
    return checked(selection, ids.size <= MOST_IDS, `at most ${MOST_IDS} ids`);
  },
  write: (selection) => texts.write(writeSelection(selection)),
};

export const TABLE_FIELDS = {
  /** The query. */
  q: textField(),
  sort: fieldsField<Sort, readonly Sort[]>([], MOST_FIELDS, parseSort, formatSort),
  /** The columns; null for those that suit the experiment. */
  cols: {
    ...columnsField,
    read: (text) => {
      const columns = columnsField.read(text);
      return columns && orderColumns(columns);
    },
  } satisfies typeof columnsField,
  /** What the rows are grouped by. */
  group: fieldsField<string, readonly string[]>(
    [],
    MOST_FIELDS,
    (text) => parseSort(text.replace(/^-/, '')).field,
    (field) => field,
  ),
  /** Whether archived runs are shown instead of the others. */
  archived: flagField(),
  sel: selectionField,
} as const;

export type TableView = ViewOf<typeof TABLE_FIELDS>;

/** What is shown without parameters in the address. */
export const DEFAULT_VIEW: TableView = {
  q: '',
  sort: [],
  cols: null,
  group: [],
  archived: false,
  sel: UNSAID,
};
