import { PythonError } from './python-error.ts';

// Lines of Python as tokens, with the indents that make blocks.

export interface Token {
  readonly kind: 'name' | 'int' | 'float' | 'text' | 'operator' | 'newline' | 'indent' | 'dedent' | 'end';
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const NAME = /[A-Za-z_]\w*/y;
const FLOAT = /(\d+\.\d*|\.\d+)([eE][+-]?\d+)?|\d+[eE][+-]?\d+/y;
const INT = /\d[\d_]*/y;
const TEXT = /'([^'\\\n]*)'|"([^"\\\n]*)"/y;
const OPERATOR = /\*\*=|\/\/=|\*\*|\/\/|[+\-*/@%<>=!]=|[-+*/%@<>=()[\]{},.:;]/y;
const KINDS = [
  ['name', NAME],
  ['float', FLOAT],
  ['int', INT],
  ['text', TEXT],
  ['operator', OPERATOR],
] as const;

function tokenAt(text: string, at: number, line: number): { readonly token: Token; readonly end: number } {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at;
    const [found, single, double] = pattern.exec(text) ?? [];
    if (found === undefined) continue;
    const content = kind === 'text' ? (single ?? double ?? '') : found;
    return { token: { kind, text: content, line }, end: at + found.length };
  }
  throw new PythonError('SyntaxError', `line ${line}: ${JSON.stringify(text[at])} cannot be read`);
}

/** @throws PythonError where a character has no place */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const indents = [0];
  let depth = 0;
  for (const [i, text] of source.split('\n').entries()) {
    const line = i + 1;
    const content = text.trimStart();
    if (depth === 0) {
      if (content === '' || content.startsWith('#')) continue;
      const indent = text.length - content.length;
      if (indent > (indents.at(-1) as number)) {
        indents.push(indent);
        tokens.push({ kind: 'indent', text: '', line });
      }
      while (indent < (indents.at(-1) as number)) {
        indents.pop();
        tokens.push({ kind: 'dedent', text: '', line });
      }
      if (indent !== indents.at(-1))
        throw new PythonError('IndentationError', `line ${line}: unindent does not match any outer indentation level`);
    }
    let at = 0;
    while (at < text.length && text[at] !== '#') {
      if (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') {
        at += 1;
        continue;
      }
      const { token, end } = tokenAt(text, at, line);
      if (token.kind === 'operator') depth += '([{'.includes(token.text) ? 1 : ')]}'.includes(token.text) ? -1 : 0;
      tokens.push(token);
      at = end;
    }
    if (depth <= 0) tokens.push({ kind: 'newline', text: '', line });
  }
  const line = source.split('\n').length;
  for (const _ of indents.slice(1)) tokens.push({ kind: 'dedent', text: '', line });
  tokens.push({ kind: 'end', text: '', line });
  return tokens;
}
