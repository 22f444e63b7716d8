import { colour } from './colour.ts';
import { EXIT } from './exit.ts';
import { note } from './output.ts';

/** Says of a command whose runs were stopped from elsewhere what that left undone, and lets it end as Ctrl-C does. */
export function tellOfStops(stopped: number, notBegun: number): void {
  const parts = [
    ...(stopped > 0 ? [`${stopped} ${stopped === 1 ? 'run was' : 'runs were'} stopped`] : []),
    ...(notBegun > 0 ? [`${notBegun} ${notBegun === 1 ? 'was' : 'were'} not begun`] : []),
  ];
  if (parts.length === 0) return;
  note(`${colour.yellow('!')} ${parts.join(', ')}`);
  process.exitCode = EXIT.interrupted;
}
