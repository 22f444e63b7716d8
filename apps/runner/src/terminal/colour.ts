import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import { neutral } from './neutral.ts';

/** Colours for text. They are always written; `inColoursOf` removes them for a stream that shows none. */
export const colour = pc.createColors(true);

/**
 * Whether a stream shows colours: a terminal does unless `NO_COLOR` is set, anything else only with `FORCE_COLOR`. Decided
 * for each stream, since a table may go to a file while its notes go to the terminal. `CI` does not matter: its output is
 * read as text.
 */
function showsColours(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return !NO_COLOR && stream.isTTY === true && stream.hasColors();
}

/** A text for a stream: with colours if the stream shows them, and without control characters that a terminal would obey. */
export function inColoursOf(stream: NodeJS.WriteStream, text: string): string {
  const shown = neutral(text);
  return showsColours(stream) ? shown : stripVTControlCharacters(shown);
}
