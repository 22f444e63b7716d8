import { EOF, type IRecognitionException, type IToken, tokenLabel } from 'chevrotain';
import { suggestion } from '../config/nearest.ts';
import { QueryError } from '../errors.ts';
import type { Expression } from './expression.ts';
import { MOST_CHARACTERS } from './field.ts';
import { grammar } from './grammar.ts';
import { endOf, isStray, TOKENS, tokenize, VOCABULARY } from './tokens.ts';

/** How many parentheses and nots may be open at once: the parser calls itself for each. */
const DEEPEST = 100;

/** What other languages write, and what is meant. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['&&', 'and'],
  ['&', 'and'],
  ['||', 'or'],
  ['|', 'or'],
  ['!', 'not'],
  ['<>', '!='],
  ['~', 'like'],
]);

/**
 * Reads a query; null for a blank one.
 * @throws QueryError that says what came, what was expected and where
 */
export function parseQuery(text: string): Expression | null {
  if (text.length > MOST_CHARACTERS) {
    const problem = `expected a query of at most ${MOST_CHARACTERS} characters, got ${text.length}`;
    throw new QueryError(problem, MOST_CHARACTERS, text.length);
  }
  const tokens = tokenize(text);
  if (tokens.length === 0) return null;
  checkWords(tokens);
  checkDepth(tokens);
  grammar.input = tokens;
  const expression = grammar.query();
  const [error] = grammar.errors;
  if (error) throw explain(error, text);
  return expression;
}

/** Words that no query has. */
function checkWords(tokens: readonly IToken[]): void {
  for (const token of tokens) {
    const fail = (message: string) => new QueryError(message, token.startOffset, endOf(token));
    if (token.tokenType === TOKENS.OpenText) throw fail(`the text has no closing ${/["']/.exec(token.image)?.[0]}`);
    if (!isStray(token)) continue;
    const meant = ELSEWHERE.get(token.image);
    const hint = meant === undefined ? '' : `; for that, write ${meant}`;
    throw fail(`"${token.image}" is no word of the query language${hint}`);
  }
}

function checkDepth(tokens: readonly IToken[]): void {
  let open = 0;
  let nots = 0;
  for (const token of tokens) {
    nots = token.tokenType === TOKENS.Not ? nots + 1 : token.tokenType === TOKENS.LeftParenthesis ? nots : 0;
    if (token.tokenType === TOKENS.LeftParenthesis) open += 1;
    if (token.tokenType === TOKENS.RightParenthesis) open -= 1;
    if (open + nots <= DEEPEST) continue;
    const problem = `expected at most ${DEEPEST} parentheses and nots within each other`;
    throw new QueryError(problem, token.startOffset, endOf(token));
  }
}

/** The parser's complaint in our words, at its place. */
function explain({ token, previousToken }: Recognition, text: string): QueryError {
  const atEnd = token.tokenType === EOF;
  const start = atEnd ? text.trimEnd().length : token.startOffset;
  const end = atEnd ? start : endOf(token);
  const got = atEnd ? 'the end' : token.image.length > 40 ? `${token.image.slice(0, 39)}…` : token.image;
  // `= null` is what people of SQL's relatives try first.
  if (token.tokenType === TOKENS.Null && previousToken?.tokenType === TOKENS.Operator) {
    return new QueryError('nothing equals null; write "is null" or "is not null"', start, end);
  }
  // A word where a value must be is nearly always a text without its quotes.
  const expected = nextWords(text.slice(0, start));
  if (expected.includes(VALUE) && token.tokenType === TOKENS.Field) {
    return new QueryError(`expected a value, got ${got}; a text stands in quotes: "${got}"`, start, end);
  }
  const keywords = expected.flatMap((label) => /^"([a-z]+)"$/.exec(label)?.[1] ?? []);
  const hint = atEnd || got.length < 3 ? '' : suggestion(got, keywords);
  return new QueryError(`expected ${either(expected)}, got ${got}${hint && `.${hint}`}`, start, end);
}

type Recognition = IRecognitionException & { readonly previousToken?: IToken };

const VALUE = 'a value';

/** What could come after a beginning of a query. */
function nextWords(before: string): string[] {
  const next = grammar.computeContentAssist('query', tokenize(before)).map(({ nextTokenType }) => nextTokenType);
  if (next.includes(TOKENS.Number)) return [VALUE];
  const labels = VOCABULARY.filter((type) => next.includes(type)).map(tokenLabel);
  return labels.length > 0 ? [...new Set(labels)] : ['the end'];
}

const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
