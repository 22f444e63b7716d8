import { invalidParameter } from './errors.ts';

// The words of MLflow's filters.

export interface FilterToken {
  /** A name is `metrics.loss`, params."a key" or tags.`a key`; a keyword is in capitals. */
  readonly kind: 'name' | 'text' | 'number' | 'operator' | 'keyword' | '(' | ')' | ',';
  /** Of a name and a text what stands between its quotes, of a name with its type before it. */
  readonly value: string;
  /** As it was written. */
  readonly source: string;
  /** The type of a name, where it has one: `metrics`. */
  readonly type?: string;
}

const KEYWORDS = ['AND', 'OR', 'NOT', 'IN', 'LIKE', 'ILIKE', 'IS', 'NULL'];
const QUOTED = `"(?:[^"]|"")*"|\`[^\`]*\``;
const WORD = String.raw`[\p{L}_][\p{L}\p{N}\p{M}_-]*`;
const TOKEN = new RegExp(
  String.raw`\s*(?:` +
    [
      `(?<type>[\\p{L}_]+|\`[\\p{L}_]+\`)\\.(?<key>${QUOTED}|[\\p{L}\\p{N}_][\\p{L}\\p{N}\\p{M}_./:-]*)`,
      `(?<text>'(?:[^']|'')*')`,
      `(?<quoted>${QUOTED})`,
      String.raw`(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_.]))`,
      `(?<word>${WORD})`,
      `(?<operator>==|<>|!=|<=|>=|=|<|>)`,
      `(?<mark>[(),])`,
    ].join('|') +
    ')',
  'uy',
);

/** What stands between quotes, in which two of them are one; what has none is itself. */
function unquoted(text: string): string {
  const [quote = ''] = text;
  if (!`'"\``.includes(quote)) return text;
  const inside = text.slice(1, -1);
  return quote === '`' ? inside : inside.replaceAll(quote + quote, quote);
}

/** @throws MlflowError at what is no word of a filter */
export function filterTokens(filter: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  const end = filter.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(filter);
    if (!found?.groups)
      throw invalidParameter(`Invalid clause(s) in filter string: '${filter.slice(at, at + 60).trim()}'`);
    tokens.push(tokenOf(found[0].trim(), found.groups));
  }
  return tokens;
}

function tokenOf(source: string, groups: Readonly<Record<string, string | undefined>>): FilterToken {
  const { type, key, text, quoted, number, word, operator, mark } = groups;
  if (type !== undefined && key !== undefined) {
    return { kind: 'name', value: unquoted(key), source, type: type.replaceAll('`', '') };
  }
  if (text !== undefined) return { kind: 'text', value: unquoted(text), source };
  if (quoted !== undefined) return { kind: quoted.startsWith('`') ? 'name' : 'text', value: unquoted(quoted), source };
  if (number !== undefined) return { kind: 'number', value: number, source };
  if (operator !== undefined) return { kind: 'operator', value: operator, source };
  if (mark !== undefined) return { kind: mark as '(' | ')' | ',', value: mark, source };
  const name = word as string;
  const isKeyword = KEYWORDS.includes(name.toUpperCase());
  return isKeyword ? { kind: 'keyword', value: name.toUpperCase(), source } : { kind: 'name', value: name, source };
}
