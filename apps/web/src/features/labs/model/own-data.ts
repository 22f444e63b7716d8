import type { LabFile, LabValues } from './messages.ts';

// Data of the reader's own, drawn or in a file: they stay in the browser.

/** A point that the reader drew, between -1 and 1 in both directions. */
export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
  /** The place of its class in CLASS_NAMES. */
  readonly label: number;
}

export const CLASS_NAMES = ['A', 'B', 'C'] as const;
export const MOST_POINTS = 500;
/** A file that is larger is for the command line. */
export const MOST_OWN_BYTES = 5_000_000;
/** Of each class that is drawn: one row in five is held out. */
export const LEAST_OF_CLASS = 3;

/** Where the data come from, by the names of the options of `data`. */
export type OwnSource = 'drawn' | 'file';
export const ownSourceOf = (data: unknown): OwnSource | null => (data === 'drawn' || data === 'file' ? data : null);

/** What a training has in place of data that are drawn from its seed. */
export interface OwnData {
  readonly values: LabValues;
  readonly file?: LabFile;
}

/** Rounded so that a file has what is shown: three decimals. */
const rounded = (value: number): number => Math.round(Math.max(-1, Math.min(1, value)) * 1000) / 1000;

export const drawnPoint = (x: number, y: number, label: number): DrawnPoint => ({
  x: rounded(x),
  y: rounded(y),
  label,
});

/** The points as the file that the command line trains on. */
export const drawnCsv = (points: readonly DrawnPoint[]): string =>
  ['x,y,class', ...points.map(({ x, y, label }) => `${x},${y},${CLASS_NAMES[label] ?? '?'}`), ''].join('\n');

/** The points that were kept as text; none where it is something else. */
export function keptPoints(text: string | null): readonly DrawnPoint[] {
  try {
    const rows: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(rows)) return [];
    return rows.slice(0, MOST_POINTS).flatMap((row: unknown) => {
      const [x, y, label] = Array.isArray(row) ? (row as unknown[]) : [];
      const isOne = Number.isFinite(x) && Number.isFinite(y) && CLASS_NAMES[label as number] !== undefined;
      return isOne ? [drawnPoint(x as number, y as number, label as number)] : [];
    });
  } catch {
    return [];
  }
}

export const pointsToKeep = (points: readonly DrawnPoint[]): string =>
  JSON.stringify(points.map(({ x, y, label }) => [x, y, label]));

/** Whether two classes at least have enough points, and none has too few. */
export function areEnough(points: readonly DrawnPoint[]): boolean {
  const counts = CLASS_NAMES.map((_, label) => points.filter((point) => point.label === label).length);
  return counts.filter((count) => count > 0).length >= 2 && counts.every((n) => n === 0 || n >= LEAST_OF_CLASS);
}

/** The drawn points as data; null while they are too few. They are drawn to scale already. */
export const drawnData = (points: readonly DrawnPoint[]): OwnData | null =>
  areEnough(points)
    ? {
        values: { 'data.path': 'points.csv', 'data.label': 'class', 'data.standardize': false },
        file: { name: 'points.csv', bytes: new TextEncoder().encode(drawnCsv(points)) },
      }
    : null;

/** A file as data. @param label its column of classes; the last one where it is empty */
export const fileData = (file: LabFile | null, label: string): OwnData | null =>
  file && { values: { 'data.path': file.name, ...(label.trim() !== '' && { 'data.label': label.trim() }) }, file };
