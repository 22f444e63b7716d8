import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import { neutral } from './neutral.ts';

/** The colours that text is written in; `inColoursOf` takes them off where a stream has none. */
export const colour = pc.createColors(true);

/**
 * Whether a stream shows colours: terminals do unless `NO_COLOR` says otherwise, anything else only with `FORCE_COLOR`.
 * Asked per stream (a table may go to a file while its notes go to the terminal), and never of `CI`: what CI reads is text.
 */
function showsColours(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return !NO_COLOR && stream.isTTY === true && stream.hasColors();
}

/** A text as a stream shows it: in colours where it has some, and without anything that a terminal would obey. */
export function inColoursOf(stream: NodeJS.WriteStream, text: string): string {
  const shown = neutral(text);
  return showsColours(stream) ? shown : stripVTControlCharacters(shown);
}
