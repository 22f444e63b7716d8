import { formatNumber, isoInZone } from '@whorl/core';
import Table from 'cli-table3';
import { colour, inColoursOf } from './colour.ts';

/** JSON has no NaN and no infinities: they are written as their names. */
const spellNumbers = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** Prints the one JSON document of a `--json` command. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, spellNumbers, 2)}\n`);
}

export function printLine(text = ''): void {
  process.stdout.write(inColoursOf(process.stdout, `${text}\n`));
}

/** Tells people, not programs: on stderr, so that stdout stays what was asked for. */
export function note(text: string): void {
  process.stderr.write(inColoursOf(process.stderr, `${text}\n`));
}

/** Tells which engines were passed over, and why. */
export function noteSkipped({
  engine,
  skipped,
}: {
  readonly engine: string;
  readonly skipped: readonly { readonly engine: string; readonly reason: string }[];
}): void {
  for (const { engine: other, reason } of skipped) {
    note(`${colour.yellow('!')} ${other} engine not available (${reason}): training on ${engine}`);
  }
}

export interface Column<T> {
  readonly head: string;
  readonly align?: 'left' | 'right';
  readonly cell: (row: T) => string;
}

const blank = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) => [
    [side, ''],
    [`${side}-mid`, ''],
    [`${side}-left`, ''],
    [`${side}-right`, ''],
  ]),
);

/** A table without lines: aligned columns, a dim head. */
export function table<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const made = new Table({
    head: columns.map(({ head }) => colour.dim(head)),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    chars: { ...blank, middle: '  ', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) made.push(columns.map(({ cell }) => cell(row)));
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** A metric's value that stands alone, as the pages write it. */
export const number = formatNumber;

/** A length of time as people say it: `0.4 s`, `12 s`, `3:05 min`, `1:02 h`. */
export function duration(ms: number | null): string {
  if (ms === null) return '-';
  const seconds = Math.round(ms / 1000);
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (seconds < 60) return `${seconds} s`;
  const two = (n: number) => String(n).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)} min`;
  return `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))} h`;
}

/** A moment on this machine's clocks and how far they are from UTC, as a query reads it: `2026-11-29 02:27+08:00`. */
export function when(date: Date | null): string {
  if (!date) return '-';
  const iso = isoInZone(date.getTime(), timeZone());
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}${iso.slice(23)}`;
}

/** The time zone of this machine: the one of times that are shown, and of dates in a query. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const STATUS_COLOURS: Readonly<Record<string, (text: string) => string>> = {
  finished: colour.green,
  running: colour.cyan,
  queued: colour.dim,
  interrupted: colour.yellow,
  failed: colour.red,
  crashed: colour.red,
};

export function status(name: string): string {
  return (STATUS_COLOURS[name] ?? String)(name);
}
