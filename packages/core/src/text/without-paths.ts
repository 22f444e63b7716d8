// A path names the person on whose computer it was written: /home/<name>/data/iris.csv. Texts given to others keep the
// file's own name and nothing of where it lay. The texts are free prose, so a path is recognised by how it begins.

const PART = String.raw`[^\s\\/"'\x60<>|]+`;
/** What separates the parts of a path; a shell writes a space in a name as `\ `. */
const BETWEEN = String.raw`(?:\\+ ?|/+)`;
/**
 * The name of a folder may contain spaces; a word that begins with a hyphen or tilde, or contains an equals sign, is
 * taken for the next word of a command.
 */
const FOLDERS = `(?:${PART}(?: (?![-~])[^\\s\\\\/"'\\x60<>|=]+){0,7}${BETWEEN})`;
const AFTER_NO_WORD = String.raw`(?<![\p{L}\p{N}_/\\])`;

/** Beginnings that make a path of whatever follows. */
const ROOT = [
  String.raw`(?<![\p{L}\p{N}_])file:/+`,
  String.raw`${AFTER_NO_WORD}[A-Za-z]:[\\/]+`,
  String.raw`(?<![\p{L}\p{N}_~])~(?:[A-Za-z_][\w.-]*)?[\\/]+`,
  // Also within a longer word, but not within the address of a page.
  String.raw`(?<![\\/])[\\/]+(?=(?:home|Users)[\\/])(?<!://\S{0,300})`,
].join('|');
/** Beginnings that make a path only if a folder follows: `/x.csv` alone reveals nothing. */
const ROOT_OF_FOLDERS = [
  String.raw`${AFTER_NO_WORD}(?<!\.)/(?!/)`,
  String.raw`(?<![\p{L}\p{N}_/\\:])(?://+|\\\\+)`,
].join('|');

const PATHS = new RegExp(`(?:(?:${ROOT})${FOLDERS}*|(?:${ROOT_OF_FOLDERS})${FOLDERS}+)(?:${PART})?`, 'gu');

/** The folders that hold people's home folders. */
const HOMES: readonly unknown[] = ['home', 'Users'];

/** The text with every path of a file or folder replaced by its last name; a person's home folder becomes `~`. */
export function withoutPaths(text: string): string {
  if (!/[\\/]/.test(text)) return text;
  return text.replace(PATHS, (path) => {
    const parts = path.split(/[\\/]+/).filter((part) => part.trim() !== '');
    const [folder, name = ''] = parts.length < 2 ? ['', parts[0]] : parts.slice(-2);
    return HOMES.includes(folder) ? `~${/[.,:;)\]}]*$/.exec(name)?.[0] ?? ''}` : name.trimStart();
  });
}
