import { EOF, type IRecognitionException, type IToken, tokenLabel } from 'chevrotain';
import { QueryError } from '../text/errors.ts';
import { suggested } from '../text/nearest.ts';
import { type Language, sameText, type Text } from '../text/text.ts';
import type { Expression } from './expression.ts';
import { MOST_CHARACTERS } from './field.ts';
import { grammar } from './grammar.ts';
import { endOf, isStray, TOKENS, tokenize, VOCABULARY } from './tokens.ts';

/** How many parentheses and `not`s may be open at once: the parser calls itself for each. */
const DEEPEST = 100;

/** Operators of other languages, and what to write for them here. */
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
 * @throws QueryError saying what came, what was expected and where
 */
export function parseQuery(text: string): Expression | null {
  if (text.length > MOST_CHARACTERS) {
    const problem = {
      en: `expected a query of at most ${MOST_CHARACTERS} characters, got ${text.length}`,
      zh: `查询最多 ${MOST_CHARACTERS} 个字符，得到 ${text.length} 个`,
    };
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

/** Refuses words that no query has. @throws QueryError */
function checkWords(tokens: readonly IToken[]): void {
  for (const token of tokens) {
    const fail = (message: Text) => new QueryError(message, token.startOffset, endOf(token));
    if (token.tokenType === TOKENS.OpenText) {
      const quote = /["']/.exec(token.image)?.[0];
      throw fail({ en: `the text has no closing ${quote}`, zh: `文本缺少后引号 ${quote}` });
    }
    if (!isStray(token)) continue;
    const meant = ELSEWHERE.get(token.image);
    throw fail({
      en: `"${token.image}" is no word of the query language${meant === undefined ? '' : `; for that, write ${meant}`}`,
      zh: `查询语言里没有“${token.image}”${meant === undefined ? '' : `；请写作 ${meant}`}`,
    });
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
    const problem = {
      en: `expected at most ${DEEPEST} parentheses and nots within each other`,
      zh: `括号和 not 最多嵌套 ${DEEPEST} 层`,
    };
    throw new QueryError(problem, token.startOffset, endOf(token));
  }
}

/** The parser's complaint as our error, at its place. */
function explain({ token, previousToken }: Recognition, text: string): QueryError {
  const atEnd = token.tokenType === EOF;
  const start = atEnd ? text.trimEnd().length : token.startOffset;
  const end = atEnd ? start : endOf(token);
  const image = token.image.length > 40 ? `${token.image.slice(0, 39)}…` : token.image;
  const got = atEnd ? wordOf(END) : { en: image, zh: ` ${image}` };
  // `= null` is what people who know SQL try first.
  if (token.tokenType === TOKENS.Null && previousToken?.tokenType === TOKENS.Operator) {
    const problem = {
      en: 'nothing equals null; write "is null" or "is not null"',
      zh: '没有什么等于 null；请写 "is null" 或 "is not null"',
    };
    return new QueryError(problem, start, end);
  }
  // A word in place of a value is nearly always a text without its quotes.
  const expected = nextWords(text.slice(0, start));
  if (expected.includes(VALUE) && token.tokenType === TOKENS.Field) {
    const problem = {
      en: `expected a value, got ${image}; a text stands in quotes: "${image}"`,
      zh: `应为值，得到的是 ${image}；文本要加引号："${image}"`,
    };
    return new QueryError(problem, start, end);
  }
  const keywords = expected.flatMap((label) => /^"([a-z]+)"$/.exec(label)?.[1] ?? []);
  const hint = atEnd || image.length < 3 ? sameText('') : suggested(image, keywords);
  const words = expected.map(wordOf);
  const problem = {
    en: `expected ${either(words, 'en', ' or ')}, got ${got.en}${hint.en && `.${hint.en}`}`,
    zh: `应为${either(words, 'zh', '或')}，得到的是${got.zh}${hint.zh && `。${hint.zh}`}`,
  };
  return new QueryError(problem, start, end);
}

type Recognition = IRecognitionException & { readonly previousToken?: IToken };

const VALUE = 'a value';
const END = 'the end';

const CHINESE: Readonly<Record<string, string>> = {
  [VALUE]: '值',
  [END]: '结尾',
  'a field': '字段',
  'a text': '文本',
  'a number': '数字',
  'an operator': '运算符',
};

/** What a kind of token is called; one that stands for itself is quoted. */
const wordOf = (label: string): Text => ({ en: label, zh: CHINESE[label] ?? `“${label.replaceAll('"', '')}”` });

/** What could come next after the beginning of a query. */
function nextWords(before: string): string[] {
  const next = grammar.computeContentAssist('query', tokenize(before)).map(({ nextTokenType }) => nextTokenType);
  if (next.includes(TOKENS.Number)) return [VALUE];
  const labels = VOCABULARY.filter((type) => next.includes(type)).map(tokenLabel);
  return labels.length > 0 ? [...new Set(labels)] : [END];
}

function either(words: readonly Text[], language: Language, or: string): string {
  const said = words.map((word) => word[language]);
  const comma = language === 'zh' ? '、' : ', ';
  return [said.slice(0, -1).join(comma), ...said.slice(-1)].filter(Boolean).join(or);
}
