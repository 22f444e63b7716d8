import { words } from '../messages/index.ts';
import { colour } from '../terminal/colour.ts';
import { EXIT } from '../terminal/exit.ts';
import { note } from '../terminal/output.ts';

/** Says of a command whose runs were stopped from elsewhere what that left undone, and lets it end as Ctrl-C does. */
export function tellOfStops(stopped: number, notBegun: number): void {
  const { run: t } = words();
  const parts = [...(stopped > 0 ? [t.stopped(stopped)] : []), ...(notBegun > 0 ? [t.notBegun(notBegun)] : [])];
  if (parts.length === 0) return;
  note(`${colour.yellow('!')} ${parts.join(', ')}`);
  process.exitCode = EXIT.interrupted;
}
