import { words } from '../messages/index.ts';
import { colour } from '../terminal/colour.ts';
import { EXIT } from '../terminal/exit.ts';
import { note } from '../terminal/output.ts';

/**
 * Notes what remains undone after runs were stopped from a page or another command, and makes the command end as it does
 * after Ctrl-C.
 */
export function tellOfStops(stopped: number, notBegun: number): void {
  const { run: t } = words();
  const parts = [...(stopped > 0 ? [t.stopped(stopped)] : []), ...(notBegun > 0 ? [t.notBegun(notBegun)] : [])];
  if (parts.length === 0) return;
  note(`${colour.yellow('!')} ${parts.join(', ')}`);
  process.exitCode = EXIT.interrupted;
}
