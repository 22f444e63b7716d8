// Names, tags and reasons are written by other people, and a terminal obeys control characters: an escape sequence in a
// run's name could clear the screen, set the title or send keys. Everything that is printed goes through here.

/** The colours that we print ourselves. In other people's text they can at most look odd. */
const COLOUR = '\\u001b\\[(?:1|2|22|31|32|33|36|39)m';
/** Control characters except line feed and tab, and characters that change the writing direction. */
const CONTROL = '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]';

const COLOUR_OR_CONTROL = new RegExp(`(${COLOUR})|${CONTROL}`, 'gu');
const CONTROLS = new RegExp(CONTROL, 'gu');
const COLOURS = new RegExp(COLOUR, 'gu');
const PLAIN = '\u001b[22;39m';

/** A visible stand-in for a control character: its picture, such as `␛`, where there is one. */
function picture(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** Makes a text safe for the terminal. Its colours stay, and end with it. */
export function neutral(text: string): string {
  const shown = text.replace(COLOUR_OR_CONTROL, (found: string, colour?: string) => colour ?? picture(found));
  const open = { intensity: false, hue: false };
  for (const [code] of shown.matchAll(COLOURS)) {
    const number = Number(code.slice(2, -1));
    if (number < 30) open.intensity = number !== 22;
    else open.hue = number !== 39;
  }
  if (!open.intensity && !open.hue) return shown;
  const end = shown.endsWith('\n') ? '\n' : '';
  return `${shown.slice(0, shown.length - end.length)}${PLAIN}${end}`;
}

/** A JSON text with the same meaning, in which control characters are escaped. */
export const neutralJson = (json: string): string =>
  json.replace(CONTROLS, (found) =>
    found < ' ' ? found : `\\u${(found.codePointAt(0) as number).toString(16).padStart(4, '0')}`,
  );
