// Names, tags and reasons are other people's words, and a terminal obeys what it is shown: an escape in the name of a run
// could clear the screen, set the title or send keys. Whatever goes to a terminal goes through here.

/** Our own colours: bold, dim, red, green, yellow, cyan, and back. They can do no more than look odd. */
const COLOUR = '\\u001b\\[(?:1|2|22|31|32|33|36|39)m';
/** Control characters but the line feed and the tab, and what turns the direction of the text after it. */
const CONTROL = '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]';

const COLOUR_OR_CONTROL = new RegExp(`(${COLOUR})|${CONTROL}`, 'gu');
const CONTROLS = new RegExp(CONTROL, 'gu');
const COLOURS = new RegExp(COLOUR, 'gu');
const PLAIN = '\u001b[22;39m';

/** What stands for a control character: a picture of its name where there is one, such as `␛`. */
function picture(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** A text for the terminal: its colours stay, and no colour outlives it. */
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

/** A JSON text that says the same in ASCII where it would hold what a terminal obeys. */
export const neutralJson = (json: string): string =>
  json.replace(CONTROLS, (found) =>
    found < ' ' ? found : `\\u${(found.codePointAt(0) as number).toString(16).padStart(4, '0')}`,
  );
