// A path names the person at whose computer it was written: /home/<name>/data/iris.csv. What is given to others keeps the
// file's own name and nothing of where it lay. Texts are anybody's prose, so a path is found by how it begins.

const PART = String.raw`[^\s\\/"'\x60<>|]+`;
/** What stands between parts; a shell writes a space in a name as `\ `. */
const BETWEEN = String.raw`(?:\\+ ?|/+)`;
/** A folder's name may have spaces, but words of a command have no hyphen, tilde or equals sign there. */
const FOLDERS = `(?:${PART}(?: (?![-~])[^\\s\\\\/"'\\x60<>|=]+){0,7}${BETWEEN})`;
const AFTER_NO_WORD = String.raw`(?<![\p{L}\p{N}_/\\])`;

/** How a path begins that is one whatever follows. */
const ROOT = [
  String.raw`(?<![\p{L}\p{N}_])file:/+`,
  String.raw`${AFTER_NO_WORD}[A-Za-z]:[\\/]+`,
  String.raw`(?<![\p{L}\p{N}_~])~(?:[A-Za-z_][\w.-]*)?[\\/]+`,
  // Inside of a longer word too, but not of the address of a page.
  String.raw`(?<![\\/])[\\/]+(?=(?:home|Users)[\\/])(?<!://\S{0,300})`,
].join('|');
/** How one begins that has a folder: `/x.csv` alone says nothing of anybody. */
const ROOT_OF_FOLDERS = [
  String.raw`${AFTER_NO_WORD}(?<!\.)/(?!/)`,
  String.raw`(?<![\p{L}\p{N}_/\\:])(?://+|\\\\+)`,
].join('|');

const PATHS = new RegExp(`(?:(?:${ROOT})${FOLDERS}*|(?:${ROOT_OF_FOLDERS})${FOLDERS}+)(?:${PART})?`, 'gu');

/** Where the folders of people lie. */
const HOMES: readonly unknown[] = ['home', 'Users'];

/** A text in which every path of a file or folder is only its last name; a person's own folder is `~`. */
export function withoutPaths(text: string): string {
  if (!/[\\/]/.test(text)) return text;
  return text.replace(PATHS, (path) => {
    const parts = path.split(/[\\/]+/).filter((part) => part.trim() !== '');
    const [folder, name = ''] = parts.length < 2 ? ['', parts[0]] : parts.slice(-2);
    return HOMES.includes(folder) ? `~${/[.,:;)\]}]*$/.exec(name)?.[0] ?? ''}` : name.trimStart();
  });
}
