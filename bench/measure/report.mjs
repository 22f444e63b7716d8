import { cpus } from 'node:os';

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = /** @type {number} */ (sorted[middle]);
  return sorted.length % 2 === 1 ? upper : /** @type {number} */ (sorted[middle - 1] + upper) / 2;
}

/** The value below which the share `q` of the values lies. @param {readonly number[]} values @param {number} q */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** @param {number} value */
export const round = (value) => Number(value.toPrecision(4));

/** A count in full, a measured value with some digits. @param {number} value */
const written = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 3 : 1));

/**
 * Prints rows for people, in columns.
 * @param {readonly Record<string, string | number | null>[]} rows
 */
export function printTable(rows) {
  const heads = Object.keys(rows[0] ?? {});
  const cell = (/** @type {string | number | null | undefined} */ value) =>
    typeof value === 'number' ? written(value) : (value ?? '-');
  const widths = heads.map((head) => Math.max(head.length, ...rows.map((row) => cell(row[head]).length)));
  const line = (/** @type {string[]} */ cells) =>
    cells
      .map((text, i) => (/^[\d.-]+$/.test(text) ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  console.log(line(heads));
  for (const row of rows) console.log(line(heads.map((head) => cell(row[head]))));
}

/** A line that describes the machine. */
export const machine = () =>
  `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}`;
