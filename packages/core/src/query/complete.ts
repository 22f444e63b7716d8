import type { IToken, TokenType } from 'chevrotain';
import { foldText } from '../text/text-order.ts';
import { COMPARISONS, formatLiteral } from './expression.ts';
import { MOST_CHARACTERS } from './field.ts';
import type { FieldInfo } from './field-info.ts';
import { grammar } from './grammar.ts';
import { endOf, isStray, TOKENS, tokenize } from './tokens.ts';

export interface CompletionOption {
  readonly text: string;
  readonly kind: 'field' | 'operator' | 'value' | 'keyword';
}

/** What may stand at a place of a query: an option replaces the text from `from` to `to`. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly options: readonly CompletionOption[];
}

const MOST = 50;

const KEYWORDS: ReadonlyMap<TokenType, string> = new Map([
  [TOKENS.And, 'and'],
  [TOKENS.Or, 'or'],
  [TOKENS.Not, 'not'],
  [TOKENS.In, 'in'],
  [TOKENS.Like, 'like'],
  [TOKENS.Is, 'is'],
  [TOKENS.Null, 'null'],
  [TOKENS.LeftParenthesis, '('],
  [TOKENS.RightParenthesis, ')'],
  [TOKENS.Comma, ','],
]);

/** Whether another letter would extend the word, so that a caret right after it is still in it. */
const isOpen = ({ tokenType }: IToken): boolean =>
  ![TOKENS.LeftParenthesis, TOKENS.RightParenthesis, TOKENS.Comma, TOKENS.Text].includes(tokenType as never);

/**
 * What may be written at `caret`, the likeliest first.
 * @param fields the fields of the runs
 */
export function completeQuery(text: string, caret: number, fields: readonly FieldInfo[]): Completion {
  const nothing: Completion = { from: caret, to: caret, options: [] };
  if (text.length > MOST_CHARACTERS) return nothing;
  const { current, context } = split(tokenize(text.slice(0, caret)), caret);
  if (context.some((token) => isStray(token) || token.tokenType === TOKENS.OpenText)) return nothing;
  const next = new Set(grammar.computeContentAssist('query', context).map(({ nextTokenType }) => nextTokenType));
  const written = foldText(current?.image ?? '');
  const from = current?.startOffset ?? caret;
  const options = optionsOf(next, fieldBefore(context, fields), withParts(written, fields));
  const ranked = options.flatMap((option) => {
    const rank = rankOf(option, written);
    return rank === null || foldText(option.text) === written ? [] : [{ option, rank }];
  });
  ranked.sort((a, b) => a.rank - b.rank);
  return { from, to: wordEnd(text, caret, current), options: ranked.slice(0, MOST).map(({ option }) => option) };
}

/** The word in which the caret is, and the words before it. */
function split(tokens: IToken[], caret: number): { current: IToken | undefined; context: IToken[] } {
  const last = tokens.at(-1);
  if (!last || endOf(last) !== caret || !isOpen(last)) return { current: undefined, context: tokens };
  const previous = tokens.at(-2);
  // A field of which, so far, only the name and a dot are written.
  if (last.image === '.' && previous?.tokenType === TOKENS.Field && endOf(previous) === last.startOffset) {
    return { current: { ...previous, image: `${previous.image}.` }, context: tokens.slice(0, -2) };
  }
  return { current: last, context: tokens.slice(0, -1) };
}

/** The fields, and `min` and `max` of a metric whose name is already written: the list has only its last value. */
function withParts(written: string, fields: readonly FieldInfo[]): readonly FieldInfo[] {
  const parts = fields
    .filter(({ field }) => field.startsWith('metrics.') && written.startsWith(foldText(field)))
    .flatMap((info) => ['min', 'max'].map((part) => ({ ...info, field: `${info.field}.${part}` })));
  return parts.length === 0
    ? fields
    : [...fields, ...parts.filter((part) => !fields.some(({ field }) => field === part.field))];
}

/** The end of the word in which the caret is, so that the rest of the word is replaced, too. */
function wordEnd(text: string, caret: number, current: IToken | undefined): number {
  if (!current) return caret;
  const whole = tokenize(text).find((token) => token.startOffset === current.startOffset);
  return whole && whole.tokenType !== TOKENS.OpenText ? Math.max(caret, endOf(whole)) : caret;
}

/** 0 for an option that starts with the written text, 1 for one that contains it, null for others. */
function rankOf({ text }: CompletionOption, written: string): number | null {
  const bare = foldText(text);
  if (bare.startsWith(written)) return 0;
  const sought = written.replace(/^["']/, '');
  if (/^["']/.test(written)) return bare.slice(1).startsWith(sought) ? 0 : null;
  return written.length > 0 && bare.includes(sought) ? 1 : null;
}

/** What is known of the field of the last condition. */
function fieldBefore(context: readonly IToken[], fields: readonly FieldInfo[]): FieldInfo | undefined {
  const token = context.findLast(({ tokenType }) => tokenType === TOKENS.Field);
  return token && fields.find(({ field }) => field === token.image);
}

function optionsOf(
  next: ReadonlySet<TokenType>,
  field: FieldInfo | undefined,
  fields: readonly FieldInfo[],
): CompletionOption[] {
  const options: CompletionOption[] = [];
  if (next.has(TOKENS.Text)) {
    const onlyText = !next.has(TOKENS.Number);
    const values = (field?.values ?? []).filter((value) => value !== null && (!onlyText || typeof value === 'string'));
    options.push(...values.map((value) => ({ text: formatLiteral(value as string), kind: 'value' as const })));
  }
  if (next.has(TOKENS.Field)) options.push(...fields.map((info) => ({ text: info.field, kind: 'field' as const })));
  if (next.has(TOKENS.Operator)) {
    const ordered = field?.kind === 'text' ? (['=', '!='] as const) : COMPARISONS;
    options.push(...ordered.map((text) => ({ text, kind: 'operator' as const })));
  }
  for (const [type, text] of KEYWORDS) if (next.has(type)) options.push({ text, kind: 'keyword' });
  return options;
}
