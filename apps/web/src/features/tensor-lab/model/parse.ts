import { PythonError } from './python-error.ts';
import type { Binary, ComparisonSign, PythonExpression, Statement } from './syntax.ts';
import { type Token, tokensOf } from './tokens.ts';

const COMPARISONS: readonly string[] = ['==', '!=', '<', '<=', '>', '>='];
const CONSTANTS: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };
/** From the loosest on; all lean to the left. */
const LEVELS: readonly (readonly string[])[] = [
  ['+', '-'],
  ['*', '/', '//', '%', '@'],
];

/**
 * Reads lines of Python: assignments, expressions, `for`, `while` and `if`.
 * @throws PythonError with the line
 */
export const parse = (source: string): Statement[] => new Parser(tokensOf(source)).program();

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get #next(): Token {
    return this.#tokens[this.#at] as Token;
  }

  #is(text: string): boolean {
    const { kind, text: found } = this.#next;
    return (kind === 'operator' || kind === 'name') && found === text;
  }

  #take(text: string): boolean {
    const found = this.#is(text);
    if (found) this.#at += 1;
    return found;
  }

  #takeKind(kind: Token['kind']): boolean {
    const found = this.#next.kind === kind;
    if (found) this.#at += 1;
    return found;
  }

  #wrong(expected: string): never {
    const { kind, text, line } = this.#next;
    const came = text || { newline: 'the end of the line', end: 'the end', indent: 'an indent' }[kind as 'end'] || kind;
    throw new PythonError('SyntaxError', `line ${line}: expected ${expected}, got ${came}`);
  }

  #expect(text: string): void {
    if (!this.#take(text)) this.#wrong(text);
  }

  #name(): string {
    const { kind, text } = this.#next;
    if (kind !== 'name') this.#wrong('a name');
    this.#at += 1;
    return text;
  }

  program(): Statement[] {
    const statements: Statement[] = [];
    while (this.#next.kind !== 'end') statements.push(...this.#line());
    return statements;
  }

  /** The statements of a line, or one with a block. */
  #line(): Statement[] {
    if (this.#take('while')) return [{ is: 'while', condition: this.#expression(), body: this.#block() }];
    if (this.#take('if')) return [{ is: 'if', condition: this.#expression(), body: this.#block() }];
    if (this.#take('for')) {
      const name = this.#name();
      this.#expect('in');
      return [{ is: 'for', name, of: this.#expression(), body: this.#block() }];
    }
    return this.#simpleLine();
  }

  #simpleLine(): Statement[] {
    const statements = [this.#simple()];
    while (this.#take(';')) if (this.#next.kind !== 'newline') statements.push(this.#simple());
    if (!this.#takeKind('newline')) this.#wrong('the end of the line');
    return statements;
  }

  #block(): Statement[] {
    this.#expect(':');
    if (!this.#takeKind('newline')) return this.#simpleLine();
    if (!this.#takeKind('indent')) this.#wrong('an indented block');
    const body: Statement[] = [];
    while (!this.#takeKind('dedent')) body.push(...this.#line());
    return body;
  }

  #simple(): Statement {
    if (this.#take('pass')) return { is: 'nothing' };
    if (this.#take('import')) {
      const name = this.#name();
      if (name !== 'torch') throw new PythonError('ModuleNotFoundError', `No module named '${name}'`);
      return { is: 'nothing' };
    }
    const value = this.#tuple();
    const { text } = this.#next;
    if (this.#next.kind === 'operator' && /^(\*\*|\/\/|[-+*/%@])=$/.test(text)) {
      this.#at += 1;
      return { is: 'augment', target: value, operator: text.slice(0, -1) as Binary, value: this.#tuple() };
    }
    const targets = [value];
    while (this.#take('=')) targets.push(this.#tuple());
    const last = targets.pop() as PythonExpression;
    return targets.length === 0 ? { is: 'expression', value: last } : { is: 'assign', targets, value: last };
  }

  /** One expression, or several with commas between them. */
  #tuple(): PythonExpression {
    const first = this.#expression();
    if (!this.#is(',')) return first;
    const items = [first];
    while (this.#take(',')) if (this.#startsExpression()) items.push(this.#expression());
    return { is: 'tuple', items };
  }

  #startsExpression(): boolean {
    const { kind, text } = this.#next;
    return ['name', 'int', 'float', 'text'].includes(kind) || (kind === 'operator' && '([-+'.includes(text));
  }

  #expression(): PythonExpression {
    let a = this.#conjunction();
    while (this.#take('or')) a = { is: 'logic', operator: 'or', a, b: this.#conjunction() };
    return a;
  }

  #conjunction(): PythonExpression {
    let a = this.#negation();
    while (this.#take('and')) a = { is: 'logic', operator: 'and', a, b: this.#negation() };
    return a;
  }

  #negation(): PythonExpression {
    if (this.#take('not')) return { is: 'unary', operator: 'not', of: this.#negation() };
    const a = this.#binary(0);
    const { kind, text } = this.#next;
    if (kind !== 'operator' || !COMPARISONS.includes(text)) return a;
    this.#at += 1;
    return { is: 'compare', operator: text as ComparisonSign, a, b: this.#binary(0) };
  }

  #binary(level: number): PythonExpression {
    const operators = LEVELS[level];
    if (!operators) return this.#sign();
    let a = this.#binary(level + 1);
    while (this.#next.kind === 'operator' && operators.includes(this.#next.text)) {
      const operator = this.#next.text as Binary;
      this.#at += 1;
      a = { is: 'binary', operator, a, b: this.#binary(level + 1) };
    }
    return a;
  }

  #sign(): PythonExpression {
    for (const operator of ['-', '+'] as const)
      if (this.#take(operator)) return { is: 'unary', operator, of: this.#sign() };
    const base = this.#postfix();
    // A power binds closer than the sign on its left, and less than the one on its right.
    return this.#take('**') ? { is: 'binary', operator: '**', a: base, b: this.#sign() } : base;
  }

  #postfix(): PythonExpression {
    let of = this.#atom();
    for (;;) {
      if (this.#take('.')) of = { is: 'attribute', of, name: this.#name() };
      else if (this.#take('(')) of = this.#call(of);
      else if (this.#take('[')) of = { is: 'index', of, places: this.#separated(']', () => this.#slice()) };
      else return of;
    }
  }

  #call(of: PythonExpression): PythonExpression {
    const args: PythonExpression[] = [];
    const named: [string, PythonExpression][] = [];
    this.#separated(')', () => {
      const value = this.#expression();
      if (value.is === 'name' && this.#take('=')) named.push([value.name, this.#expression()]);
      else args.push(value);
      return value;
    });
    return { is: 'call', of, args, named };
  }

  #slice(): PythonExpression {
    const isEnd = () => this.#is(':') || this.#is(',') || this.#is(']');
    const from = this.#is(':') ? null : this.#expression();
    if (!this.#take(':')) return from as PythonExpression;
    const to = isEnd() ? null : this.#expression();
    const step = this.#take(':') && !isEnd() ? this.#expression() : null;
    return { is: 'slice', from, to, step };
  }

  /** What stands up to a bracket, with commas between. */
  #separated(end: string, read: () => PythonExpression): PythonExpression[] {
    const items: PythonExpression[] = [];
    while (!this.#take(end)) {
      items.push(read());
      if (!this.#take(',') && !this.#is(end)) this.#wrong(`, or ${end}`);
    }
    return items;
  }

  #atom(): PythonExpression {
    const { kind, text } = this.#next;
    if (kind === 'name' || kind === 'int' || kind === 'float' || kind === 'text') this.#at += 1;
    if (kind === 'int') return { is: 'value', value: BigInt(text.replaceAll('_', '')) };
    if (kind === 'float') return { is: 'value', value: Number(text) };
    if (kind === 'text') return { is: 'value', value: text };
    if (kind === 'name')
      return Object.hasOwn(CONSTANTS, text)
        ? { is: 'value', value: CONSTANTS[text] as boolean }
        : { is: 'name', name: text };
    if (this.#take('[')) return { is: 'list', items: this.#separated(']', () => this.#expression()) };
    if (!this.#take('(')) return this.#wrong('an expression');
    if (this.#take(')')) return { is: 'tuple', items: [] };
    const inside = this.#tuple();
    this.#expect(')');
    return inside;
  }
}
