import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';

/** The first rows of a table of any format. */
export interface TablePreview {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many rows the table has; null where only its beginning was read. */
  readonly total: number | null;
}

/** How much of a table is read: a row of a million columns, or a cell of a megabyte, is no preview. */
export interface PreviewLimits {
  readonly rows: number;
  readonly columns: number;
  /** The most characters of a cell. */
  readonly cell: number;
}

/** How many bytes of a CSV are read for its first rows. */
const CSV_BYTES = 2 ** 20;

/**
 * The first rows of a CSV with names in its first row; null where it is not one. @param delimiter a comma where left
 * out
 */
export function previewCsv(bytes: Uint8Array, limits: PreviewLimits, delimiter = ','): TablePreview | null {
  const isWhole = bytes.length <= CSV_BYTES;
  const text = new TextDecoder().decode(bytes.subarray(0, CSV_BYTES));
  let rows: string[][];
  try {
    rows = parse(text, {
      ...{ delimiter, bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true },
      ...(isWhole ? {} : { to: limits.rows + 2 }),
    });
  } catch {
    return null;
  }
  const [columns = [], ...body] = rows;
  if (columns.length === 0) return null;
  return cutTable(columns, body, isWhole ? body.length : null, limits);
}

const MAGIC = [0x50, 0x41, 0x52, 0x31];

/** The first rows of a Parquet file; null where it is not one, or is damaged. */
export async function previewParquet(bytes: Uint8Array, limits: PreviewLimits): Promise<TablePreview | null> {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) return null;
  try {
    const file = new Uint8Array(bytes).buffer;
    const metadata = parquetMetadata(file);
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    const shown = columns.slice(0, limits.columns);
    const total = Number(metadata.num_rows);
    const rows = await parquetReadObjects({
      file,
      metadata,
      columns: shown,
      rowStart: 0,
      rowEnd: Math.min(total, limits.rows),
    });
    return cutTable(
      columns,
      rows.map((row) => shown.map((name) => row[name])),
      total,
      limits,
    );
  } catch {
    return null;
  }
}

/**
 * A table written as JSON: `{"columns": [...], "data": [[...]]}`, as by MLflow and W&B, or a list of objects. Null for
 * other JSON.
 */
export function previewJsonTable(text: string, limits: PreviewLimits): TablePreview | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (Array.isArray(value)) return previewObjects(value, limits);
  if (typeof value !== 'object' || value === null) return null;
  const { columns, data } = value as { columns?: unknown; data?: unknown };
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every(Array.isArray)) return null;
  return cutTable(columns, data, data.length, limits);
}

function previewObjects(items: readonly unknown[], limits: PreviewLimits): TablePreview | null {
  const isObject = (item: unknown): item is Record<string, unknown> =>
    typeof item === 'object' && item !== null && !Array.isArray(item);
  if (items.length === 0 || !items.every(isObject)) return null;
  const columns = [...new Set(items.slice(0, limits.rows).flatMap((item) => Object.keys(item)))];
  const rows = items.slice(0, limits.rows).map((item) => columns.map((name) => item[name]));
  return cutTable(columns, rows, items.length, limits);
}

function cutTable(
  columns: readonly unknown[],
  rows: readonly (readonly unknown[])[],
  total: number | null,
  limits: PreviewLimits,
): TablePreview {
  const cells = (row: readonly unknown[]) =>
    Array.from({ length: Math.min(columns.length, limits.columns) }, (_, i) => cellText(row[i], limits.cell));
  return { columns: cells(columns), rows: rows.slice(0, limits.rows).map(cells), total };
}

/** A value as it reads in a table. */
function cellText(value: unknown, most: number): string {
  const text =
    value === null || value === undefined
      ? ''
      : value instanceof Date
        ? isoOf(value)
        : value instanceof Uint8Array
          ? `${value.length} B`
          : typeof value === 'object'
            ? JSON.stringify(value, plain)
            : String(value);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

const isoOf = (date: Date): string => (Number.isFinite(date.getTime()) ? date.toISOString() : '');

/** JSON has no 64-bit integers. */
const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
