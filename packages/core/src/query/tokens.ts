import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';
import { FIELD_PATTERN, TEXT_PATTERN } from './field.ts';

// The tokens of the query language. Fields and texts need Unicode's letters, which Chevrotain's own analysis of
// patterns does not know, so they are matched by functions.

const sticky = (source: string) => {
  const pattern = new RegExp(source, 'uy');
  return {
    pattern: {
      exec: (text: string, offset: number) => {
        pattern.lastIndex = offset;
        return pattern.exec(text) as [string] | null;
      },
    },
    line_breaks: true,
  };
};

const FieldToken = createToken({ name: 'Field', label: 'a field', ...sticky(FIELD_PATTERN) });
const TextToken = createToken({ name: 'Text', label: 'a text', ...sticky(TEXT_PATTERN) });
/** A text, or the quoted key of a field, whose closing quote is missing: it takes the rest of the query. */
const OpenText = createToken({
  name: 'OpenText',
  label: 'a text',
  ...sticky(String.raw`(?:(?:params|metrics|tags|environment)\.)?(?:"(?:[^"\\]|\\[\s\S])*|'(?:[^'\\]|\\[\s\S])*)\\?$`),
});
const NumberToken = createToken({
  name: 'Number',
  label: 'a number',
  pattern: /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?![\w.])/i,
});
const SignedInfinity = createToken({ name: 'SignedInfinity', label: 'a number', pattern: /[+-]inf(?![\w.])/i });

const keyword = (word: string) =>
  createToken({ name: word, label: `"${word}"`, pattern: new RegExp(word, 'i'), longer_alt: FieldToken });
const And = keyword('and');
const Or = keyword('or');
const Not = keyword('not');
const In = keyword('in');
const Like = keyword('like');
const Is = keyword('is');
const Null = keyword('null');
const True = keyword('true');
const False = keyword('false');
const Nan = keyword('nan');
const Inf = keyword('inf');

const Operator = createToken({ name: 'Operator', label: 'an operator', pattern: /==|=|!=|<=|>=|<(?!>)|>/ });
const LeftParenthesis = createToken({ name: 'LeftParenthesis', label: '"("', pattern: /\(/ });
const RightParenthesis = createToken({ name: 'RightParenthesis', label: '")"', pattern: /\)/ });
const Comma = createToken({ name: 'Comma', label: '","', pattern: /,/ });
const Space = createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true });
/** Anything else, one character at a time, or an operator of another language. */
const Stray = createToken({ name: 'Stray', label: 'nothing', pattern: /&&|\|\||<>|[\s\S]/, line_breaks: true });

export const TOKENS = {
  And,
  Or,
  Not,
  Inf, // before `in`, which it begins with
  In,
  Like,
  Is,
  Null,
  True,
  False,
  Nan,
  Text: TextToken,
  OpenText, // before a field, whose prefix it may begin with
  Field: FieldToken,
  SignedInfinity,
  Number: NumberToken,
  Operator,
  LeftParenthesis,
  RightParenthesis,
  Comma,
} as const;

/** In the order in which the lexer tries them. */
export const VOCABULARY: TokenType[] = [Space, ...Object.values(TOKENS), Stray];

const lexer = new Lexer(VOCABULARY, { positionTracking: 'onlyOffset' });

/** The tokens of a text. Any text can be split: what is no token of ours becomes a stray one. */
export const tokenize = (text: string): IToken[] => lexer.tokenize(text).tokens;

export const isStray = ({ tokenType }: IToken): boolean => tokenType === Stray;

/** The offset just after a token. */
export const endOf = ({ startOffset, image }: IToken): number => startOffset + image.length;
