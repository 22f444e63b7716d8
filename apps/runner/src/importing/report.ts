import path from 'node:path';
import { inLanguage, words } from '../messages/index.ts';
import { colour } from '../terminal/colour.ts';
import { bytes, note, printLine } from '../terminal/output.ts';
import type { FileReport } from './import-file.ts';

/** What came of a file, for programs. */
export const reportDocument = ({ file, format, runs, points, media, unread, damage, rest, state }: FileReport) => ({
  file,
  format,
  state,
  runs: [...runs],
  points,
  media,
  unread: Object.fromEntries(unread),
  damage: damage.map(({ offset, reason }) => ({ offset, reason: reason.en })),
  rest,
});

/** A path from here on, or an address as it is. */
const shown = (file: string): string => (file.includes('://') ? file : path.relative('.', file) || file);

/** Prints a line for what came of a file, and notes what of it did not come in; silent of what is no source. */
export function printReport(report: FileReport): void {
  const { importing: t } = words();
  const { file, format, runs, points, media, state } = report;
  if (format === null) return;
  // Of the many small files of a run of MLflow those are named that have points.
  if (format === 'mlflow' && points === 0) {
    noteFaults(report);
    return;
  }
  if (state === 'shorter') note(`${colour.yellow('!')} ${t.shorter(shown(file))}`);
  else if (state === 'unchanged' && report.rest === 0) printLine(colour.dim(t.unchanged(shown(file))));
  else printLine(t.read(shown(file), format, runs.size, points, media));
  noteFaults(report);
}

/** Notes what of a file did not come in. */
export function noteFaults({ file, unread, damage, rest }: FileReport): void {
  const { importing: t } = words();
  for (const { offset, reason } of damage)
    note(`${colour.yellow('!')} ${t.damaged(shown(file), offset, inLanguage(reason))}`);
  if (unread.size > 0)
    note(`${colour.yellow('!')} ${t.unread(shown(file), [...unread].map(([what, n]) => `${what} ×${n}`).join(', '))}`);
  if (rest > 0 && damage.length === 0) note(`${colour.yellow('!')} ${t.rest(shown(file), bytes(rest))}`);
}
