import { parsePythonJson } from '../json/python-json.ts';
import { Gather } from '../reading/gather.ts';
import type { Damage, FilePosition, FormatReader } from '../reading/reader.ts';
import { tableColumns } from './columns.ts';
import { type RowCell, rowNews } from './row-news.ts';

export interface LinesPosition extends FilePosition {
  /** How many lines were read. */
  readonly rows: number;
}

const START: LinesPosition = { offset: 0, rows: 0 };
const decoder = new TextDecoder();
const NEWLINE = 0x0a;

/** Metrics as JSON Lines: one object in each line, with a key for the step; nested objects get dotted names. */
export const METRICS_JSON_LINES: FormatReader<LinesPosition> = {
  format: 'jsonl',
  start: START,

  recognises(head, isWhole) {
    if (head.includes(0)) return false;
    const { news, damage } = read(head, START, isWhole);
    const [line = ''] = decoder.decode(head).split('\n', 1);
    const names = [...(rowOf(line)?.keys() ?? [])];
    return tableColumns(names) !== null && damage.length === 0 && news.some(({ kind }) => kind === 'points');
  },

  read,
};

function read(bytes: Uint8Array, { offset, rows: before }: LinesPosition, ended = false) {
  const gather = new Gather();
  const damage: Damage[] = [];
  let at = 0;
  let rows = before;
  while (at < bytes.length) {
    const newline = bytes.indexOf(NEWLINE, at);
    if (newline < 0 && !ended) break;
    const end = newline < 0 ? bytes.length : newline + 1;
    const line = decoder.decode(bytes.subarray(at, end)).trim();
    if (line !== '') {
      const row = rowOf(line);
      // An object cannot be continued: one without a line end is whole, while other text may still become one.
      if (row === null && newline < 0) break;
      if (row) rowNews(row, tableColumns([...row.keys()]) ?? NO_COLUMNS, rows, gather);
      else damage.push({ offset: offset + at, reason: NO_OBJECT });
      rows += 1;
    }
    at = end;
  }
  return { news: gather.take(), damage, position: { offset: offset + at, rows } };
}

/** A line without a step has its number as step. */
const NO_COLUMNS = { step: '', time: null, run: null, long: null };

/** The values of an object by dotted path; null where the text is not an object. */
function rowOf(line: string): Map<string, RowCell> | null {
  try {
    const value = parsePythonJson(line);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
    const row = new Map<string, RowCell>();
    leaves(value, '', row);
    return row;
  } catch {
    return null;
  }
}

function leaves(value: object, path: string, row: Map<string, RowCell>): void {
  for (const [key, item] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (item !== null && typeof item === 'object') {
      if (!Array.isArray(item)) leaves(item as object, at, row);
      else row.set(at, JSON.stringify(item));
    } else row.set(at, item as RowCell);
  }
}

const NO_OBJECT = {
  en: 'a line is no JSON object; it is left out',
  zh: '一行不是 JSON 对象；已略过',
};
