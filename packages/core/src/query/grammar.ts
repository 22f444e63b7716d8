import { EmbeddedActionsParser, type IToken, type TokenType } from 'chevrotain';
import { QueryError } from '../text/errors.ts';
import type { Text } from '../text/text.ts';
import { checkLike, checkValue } from './check-value.ts';
import type { ComparisonOperator, Expression, Literal } from './expression.ts';
import { type Field, parseField, readText } from './field.ts';
import { endOf, TOKENS, VOCABULARY } from './tokens.ts';

/**
 * The grammar, from the loosest operator to the tightest: or, and, not, a condition. Written once, for the parser and
 * for completion.
 */
class Grammar extends EmbeddedActionsParser {
  constructor() {
    super(VOCABULARY, { maxLookahead: 2 });
    this.performSelfAnalysis();
  }

  readonly query = this.RULE('query', (): Expression => this.SUBRULE(this.either));

  private readonly either: () => Expression = this.RULE('either', (): Expression => {
    const terms: Expression[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: TOKENS.Or,
      DEF: () => {
        terms.push(this.SUBRULE(this.all));
      },
    });
    return this.ACTION(() => joined('or', terms));
  });

  private readonly all = this.RULE('all', (): Expression => {
    const terms: Expression[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: TOKENS.And,
      DEF: () => {
        terms.push(this.SUBRULE(this.term));
      },
    });
    return this.ACTION(() => joined('and', terms));
  });

  private readonly term: () => Expression = this.RULE(
    'term',
    (): Expression =>
      this.OR<Expression>([
        {
          ALT: () => {
            this.CONSUME(TOKENS.Not);
            const term = this.SUBRULE(this.term);
            return this.ACTION((): Expression => ({ kind: 'not', term }));
          },
        },
        {
          ALT: () => {
            this.CONSUME(TOKENS.LeftParenthesis);
            const inner = this.SUBRULE(this.either);
            this.CONSUME(TOKENS.RightParenthesis);
            return inner;
          },
        },
        { ALT: () => this.SUBRULE(this.condition) },
      ]),
  );

  private readonly condition = this.RULE('condition', (): Expression => {
    const token = this.CONSUME(TOKENS.Field);
    const field = this.ACTION(() => fieldOf(token));
    return (
      this.OPTION(() =>
        this.OR<Expression>([
          {
            ALT: () => {
              const operator = this.CONSUME(TOKENS.Operator);
              const value = this.SUBRULE(this.literal, { ARGS: [field] });
              return this.ACTION((): Expression => ({ kind: 'compare', field, operator: operatorOf(operator), value }));
            },
          },
          {
            ALT: () => {
              this.CONSUME(TOKENS.Is);
              const present = this.OPTION1(() => this.CONSUME1(TOKENS.Not)) !== undefined;
              this.CONSUME(TOKENS.Null);
              return this.ACTION((): Expression => {
                const has: Expression = { kind: 'has', field };
                return present ? has : { kind: 'not', term: has };
              });
            },
          },
          {
            ALT: () => {
              const negated = this.OPTION2(() => this.CONSUME2(TOKENS.Not)) !== undefined;
              return this.OR1<Expression>([
                {
                  ALT: () => {
                    this.CONSUME(TOKENS.In);
                    const values = this.SUBRULE(this.list, { ARGS: [field] });
                    return this.ACTION((): Expression => ({ kind: 'in', field, values, negated }));
                  },
                },
                {
                  ALT: () => {
                    const like = this.CONSUME(TOKENS.Like);
                    const text = this.CONSUME(TOKENS.Text);
                    return this.ACTION((): Expression => {
                      refuse(like, checkLike(field));
                      return { kind: 'like', field, pattern: readText(text.image), negated };
                    });
                  },
                },
              ]);
            },
          },
        ]),
      ) ?? { kind: 'has', field }
    );
  });

  private readonly list = this.RULE('list', (field: Field): Literal[] => {
    const values: Literal[] = [];
    this.CONSUME(TOKENS.LeftParenthesis);
    this.AT_LEAST_ONE_SEP({
      SEP: TOKENS.Comma,
      DEF: () => {
        values.push(this.SUBRULE(this.literal, { ARGS: [field] }));
      },
    });
    this.CONSUME(TOKENS.RightParenthesis);
    return values;
  });

  private readonly literal = this.RULE('literal', (field: Field): Literal => {
    const value = (type: TokenType, read: (image: string) => Literal) => ({
      ALT: () => {
        const token = this.CONSUME(type);
        return this.ACTION(() => {
          const literal = read(token.image);
          refuse(token, checkValue(field, literal, token.image));
          return literal;
        });
      },
    });
    return this.OR<Literal>([
      value(TOKENS.Text, readText),
      value(TOKENS.Number, Number),
      value(TOKENS.SignedInfinity, (image) => (image.startsWith('-') ? -Infinity : Infinity)),
      value(TOKENS.Inf, () => Infinity),
      value(TOKENS.Nan, () => Number.NaN),
      value(TOKENS.True, () => true),
      value(TOKENS.False, () => false),
    ]);
  });
}

const joined = (kind: 'and' | 'or', terms: readonly Expression[]): Expression =>
  terms.length === 1 ? (terms[0] as Expression) : { kind, terms };

const operatorOf = ({ image }: IToken): ComparisonOperator => (image === '==' ? '=' : (image as ComparisonOperator));

/** @throws QueryError at the token, unless `problem` is null */
function refuse(token: IToken, problem: Text | null): void {
  if (problem !== null) throw new QueryError(problem, token.startOffset, endOf(token));
}

/** The field that a word names. @throws QueryError at the word */
function fieldOf(token: IToken): Field {
  try {
    return parseField(token.image);
  } catch (error) {
    if (error instanceof QueryError) throw new QueryError(error.said, token.startOffset, endOf(token));
    throw error;
  }
}

/** One instance for all queries: it keeps no state between them. */
export const grammar = new Grammar();
