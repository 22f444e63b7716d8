import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Expression,
  type Field,
  type FieldInfo,
  formatField,
  formatLiteral,
  isoInZone,
  type Literal,
  parseDate,
  parseField,
  QueryError,
  RUN_STATUSES,
  sameThing,
  unknownFields,
} from '../src/index.ts';
import { writeText } from '../src/query/field.ts';
import { completeQuery, parseQuery } from '../src/query/index.ts';
import { expectChinese } from './expect-chinese.ts';

/** The query that says an expression. */
function formatExpression(expression: Expression): string {
  const { kind } = expression;
  const inParentheses = (term: Expression) =>
    'terms' in term ? `(${formatExpression(term)})` : formatExpression(term);
  if (kind === 'not') {
    const { term } = expression;
    return term.kind === 'has' ? `${formatField(term.field)} is null` : `not ${inParentheses(term)}`;
  }
  if ('terms' in expression) return expression.terms.map(inParentheses).join(` ${kind} `);
  const field = formatField(expression.field);
  if (kind === 'has') return field;
  if (kind === 'compare') return `${field} ${expression.operator} ${formatLiteral(expression.value)}`;
  const operator = `${expression.negated ? 'not ' : ''}${kind}`;
  return kind === 'in'
    ? `${field} ${operator} (${expression.values.map(formatLiteral).join(', ')})`
    : `${field} ${operator} ${writeText(expression.pattern)}`;
}

const metric = (key: string, part: 'last' | 'min' | 'max' = 'last') => ({ kind: 'metric', key, part }) as const;
const param = (key: string) => ({ kind: 'param', key }) as const;

/** The message and the place of what is wrong with a query: `message @ the text at the place`. */
function fault(text: string): string {
  try {
    parseQuery(text);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    expectChinese(error.said);
    return `${error.message} @ ${JSON.stringify(text.slice(error.start, error.end))}`;
  }
  return 'none';
}

const errorOf = (work: () => unknown): QueryError => {
  try {
    work();
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('a query', () => {
  it('is read as it is meant', () => {
    expect(
      parseQuery('metrics.accuracy > 0.9 and model.activation in ("relu", "gelu") and not tags.broken'),
    ).toEqual<Expression>({
      kind: 'and',
      terms: [
        { kind: 'compare', field: metric('accuracy'), operator: '>', value: 0.9 },
        { kind: 'in', field: param('model.activation'), values: ['relu', 'gelu'], negated: false },
        { kind: 'not', term: { kind: 'has', field: { kind: 'tag', key: 'broken' } } },
      ],
    });
  });

  it.each<[string, Expression]>([
    [
      'a = 1 or b = 2 and c = 3',
      {
        kind: 'or',
        terms: [
          { kind: 'compare', field: param('a'), operator: '=', value: 1 },
          {
            kind: 'and',
            terms: [
              { kind: 'compare', field: param('b'), operator: '=', value: 2 },
              { kind: 'compare', field: param('c'), operator: '=', value: 3 },
            ],
          },
        ],
      },
    ],
    ['NOT a', { kind: 'not', term: { kind: 'has', field: param('a') } }],
    ['optimizer.lr is null', { kind: 'not', term: { kind: 'has', field: param('optimizer.lr') } }],
    ['optimizer.lr is not null', { kind: 'has', field: param('optimizer.lr') }],
    [
      'status == "failed"',
      { kind: 'compare', field: { kind: 'attribute', key: 'status' }, operator: '=', value: 'failed' },
    ],
    [
      "name not like '%\\'s_'",
      { kind: 'like', field: { kind: 'attribute', key: 'name' }, pattern: "%'s_", negated: true },
    ],
    ['seed not in (1,-2,3e-1)', { kind: 'in', field: param('seed'), values: [1, -2, 0.3], negated: true }],
    ['metrics.loss.min = NaN', { kind: 'compare', field: metric('loss', 'min'), operator: '=', value: Number.NaN }],
    ['metrics."a.max".max < -inf', { kind: 'compare', field: metric('a.max', 'max'), operator: '<', value: -Infinity }],
    ['metrics.gradientNorm.1 > .5', { kind: 'compare', field: metric('gradientNorm.1'), operator: '>', value: 0.5 }],
    ['tags.__proto__', { kind: 'has', field: { kind: 'tag', key: '__proto__' } }],
    ['data.augment = true', { kind: 'compare', field: param('data.augment'), operator: '=', value: true }],
    ['orange > 1', { kind: 'compare', field: param('orange'), operator: '>', value: 1 }],
    ['环境 = "测试"', { kind: 'compare', field: param('环境'), operator: '=', value: '测试' }],
  ])('%s', (text, expression) => {
    expect(parseQuery(text)).toEqual(expression);
  });

  it('that is blank asks for nothing', () => {
    expect([parseQuery(''), parseQuery(' \n')]).toEqual([null, null]);
  });

  it.each([
    ['metrics.accuracy >', 'expected a value, got the end @ ""'],
    ['model.activation = relu', 'expected a value, got relu; a text stands in quotes: "relu" @ "relu"'],
    ['a = 1 b', 'expected "and" or "or", got b @ "b"'],
    ['(a = 1', 'expected "and", "or" or ")", got the end @ ""'],
    ['a = "x', 'the text has no closing " @ "\\"x"'],
    ['a && b', '"&&" is no word of the query language; for that, write and @ "&&"'],
    ['a <> 1', '"<>" is no word of the query language; for that, write != @ "<>"'],
    ['a = null', 'nothing equals null; write "is null" or "is not null" @ "null"'],
    ['metric.loss > 1', expect.stringContaining('Did you mean "metrics.loss"?')],
    ['metrics."a".mean > 1', expect.stringContaining('a metric has the parts last, min and max')],
    ['a in ()', 'expected a value, got ) @ ")"'],
    ['1 < a', expect.stringMatching(/^expected .*a field.*, got 1 @ "1"$/)],
    ['a ; drop table Run', '";" is no word of the query language @ ";"'],
  ])('that is wrong says what, and where: %s', (text, expected) => {
    expect(fault(text)).toEqual(expected);
  });

  it('of any length or depth is an answer or a QueryError', () => {
    expect(fault(`${'('.repeat(1000)}a${')'.repeat(1000)}`)).toContain('at most 100 parentheses and nots');
    expect(fault(`${'not '.repeat(1000)}a`)).toContain('at most 100 parentheses and nots');
    expect(fault('a'.repeat(1_000_000))).toContain('at most 10000 characters, got 1000000');
    expect(fault(`${'('.repeat(90)}a${')'.repeat(90)}`)).toBe('none');
  });

  it('made of anything gives an expression or a QueryError inside of it', () => {
    const word = fc.constantFrom(
      'a',
      'metrics.x',
      'tags."q"',
      '"t',
      '"t"',
      "'",
      '(',
      ')',
      ',',
      'not',
      'in',
      'like',
      'is',
      'null',
      'and',
      'or',
      '=',
      '<',
      '1',
      '-inf',
      '\u202e',
      '💥',
      '\\',
      '.',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(word).map((words) => words.join(' ')),
        ),
        (text) => {
          try {
            parseQuery(text);
          } catch (error) {
            if (!(error instanceof QueryError)) throw error;
            expect(error.start).toBeGreaterThanOrEqual(0);
            expect(error.end).toBeGreaterThanOrEqual(error.start);
            expect(error.end).toBeLessThanOrEqual(text.length);
          }
          completeQuery(text, text.length >> 1, []);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('that is printed reads back the same', () => {
    const key = fc.oneof(
      fc.constantFrom('optimizer.lr', 'and', 'a.max', 'status', '__proto__', 'params.x'),
      fc.string({ minLength: 1 }),
    );
    const field: fc.Arbitrary<Field> = fc.oneof(
      fc.record({ kind: fc.constantFrom('param' as const, 'tag' as const, 'environment' as const), key }),
      fc.record({
        kind: fc.constant('metric' as const),
        key,
        part: fc.constantFrom('last' as const, 'min' as const, 'max' as const),
      }),
      fc.record({
        kind: fc.constant('attribute' as const),
        key: fc.constantFrom('name', 'created', 'status', 'duration'),
      }),
    );
    const text = fc.string({ unit: 'grapheme' });
    const isNumber = (of: Field) => of.kind === 'metric' || of.key === 'duration';
    /** What the parser lets the field compare with. */
    const valueFor = (of: Field): fc.Arbitrary<Literal> => {
      if (of.kind === 'metric' || (of.kind === 'attribute' && of.key === 'duration')) return fc.double();
      if (of.kind !== 'attribute') return fc.oneof(text, fc.double(), fc.boolean());
      if (of.key === 'name') return text;
      return of.key === 'created' ? fc.constant('2026-11-25') : fc.constantFrom(...RUN_STATUSES);
    };
    const { expression } = fc.letrec<{ expression: Expression; leaf: Expression }>((tie) => ({
      leaf: field.chain((of) =>
        fc.oneof(
          fc.record({ kind: fc.constant('has' as const), field: fc.constant(of) }),
          fc.record({
            kind: fc.constant('compare' as const),
            field: fc.constant(of),
            operator: fc.constantFrom('=' as const, '!=' as const, '<' as const, '>=' as const),
            value: valueFor(of),
          }),
          fc.record({
            kind: fc.constant('in' as const),
            field: fc.constant(of),
            values: fc.array(valueFor(of), { minLength: 1 }),
            negated: fc.boolean(),
          }),
          fc.record({
            kind: fc.constant('like' as const),
            field: fc.constant(isNumber(of) ? ({ kind: 'param', key: 'x' } as const) : of),
            pattern: fc.string(),
            negated: fc.boolean(),
          }),
        ),
      ),
      expression: fc.oneof(
        { maxDepth: 4 },
        tie('leaf'),
        fc.record({ kind: fc.constant('not' as const), term: tie('expression') }),
        fc.record({
          kind: fc.constantFrom('and' as const, 'or' as const),
          terms: fc.array(tie('expression'), { minLength: 2, maxLength: 4 }),
        }),
      ),
    }));
    fc.assert(
      fc.property(expression, (made) => {
        const printed = formatExpression(made);
        if (printed.length > 10_000) return;
        const read = parseQuery(printed) as Expression;
        expect(formatExpression(read)).toBe(printed);
        expect(read).toEqual(made);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a value that its field can never have', () => {
  it.each([
    ['metrics.accuracy > "0.9"', '"0.9"', 'metrics.accuracy is a number: expected a number'],
    ['duration in (1, true)', 'true', 'duration is a number'],
    ['status = "fnished"', '"fnished"', 'Did you mean "finished"?'],
    ['created > "2026-02-30"', '"2026-02-30"', 'created is a date: expected one such as "2026-11-25"'],
    ['name = 5', '5', 'name is a text: expected a text in quotes'],
    ['metrics.loss like "5%"', 'like', 'like compares texts'],
  ])('%s is wrong at %s', (query, place, message) => {
    expect(fault(query)).toContain(message);
    expect(fault(query).endsWith(`@ ${JSON.stringify(place)}`)).toBe(true);
  });

  it('is told from a word that is misspelt, and a key that is not closed', () => {
    expect(fault('model.activation lke "x"')).toContain('Did you mean "like"? @ "lke"');
    expect(fault('seed = 1 adn seed = 2')).toContain('Did you mean "and"? @ "adn"');
    expect(fault('not metrics."odd key > 1')).toContain('the text has no closing " @ "metrics.');
    expect(errorOf(() => parseQuery('seed = 1 adn seed = 2')).said.zh).toBe(
      '应为“and”或“or”，得到的是 adn。是不是“and”？',
    );
  });
});

describe('a field', () => {
  it.each<[string, Field]>([
    ['status', { kind: 'attribute', key: 'status' }],
    ['optimizer.lr', { kind: 'param', key: 'optimizer.lr' }],
    ['params.name', { kind: 'param', key: 'name' }],
    ['params."odd key"', { kind: 'param', key: 'odd key' }],
    ['metrics.gradientNorm.1.max', { kind: 'metric', key: 'gradientNorm.1', part: 'max' }],
    ['metrics."a.min"', { kind: 'metric', key: 'a.min', part: 'last' }],
    ['tags.broken', { kind: 'tag', key: 'broken' }],
    ['environment.git.commit', { kind: 'environment', key: 'git.commit' }],
  ])('%s reads back as it was written', (written, field) => {
    expect(parseField(written)).toEqual(field);
    expect(formatField(field)).toBe(written);
  });

  it.each([
    ['metrics', 'expected metrics. and a name'],
    ['metric.accuracy', 'Did you mean "metrics.accuracy"?'],
    ['and', 'a word of the query language'],
    ['stat us', 'Did you mean "status"?'],
    ['tags."x".min', 'only metrics have parts'],
    ['metrics."x".mni', 'Did you mean "min"?'],
    ['', 'expected a field'],
  ])('is not %j', (written, message) => {
    expect(() => parseField(written)).toThrow(QueryError);
    expect(() => parseField(written)).toThrow(message);
    expectChinese(errorOf(() => parseField(written)).said);
  });

  it('is not 1 MB', () => {
    expect(() => parseField('x'.repeat(1_000_000))).toThrow('a field of 1000000 characters is too long');
  });
});

describe('a date', () => {
  const HOUR = 3_600_000;
  const day = Date.UTC(2026, 10, 25);

  it.each([
    ['2026-11-25', day, 24 * HOUR],
    ['2026-11-25T10:00', day + 10 * HOUR, 60_000],
    ['2026-11-25T10:00:00Z', day + 10 * HOUR, 1_000],
    ['2026-11-25 10:00:00.5+08:00', day + 2 * HOUR + 500, 100],
    ['2026-11-25T10:00:00.123Z', day + 10 * HOUR + 123, 1],
  ])('%s is a stretch of time as long as it is written precisely', (written, start, length) => {
    expect(parseDate(written, 'UTC')).toEqual({ start, end: start + length });
  });

  it.each([
    ['2026-11-29', 'Asia/Shanghai', '2026-11-28T16:00Z', 24],
    ['2026-11-29', 'UTC', '2026-11-29T00:00Z', 24],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00Z', 23],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00Z', 25],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00Z', 23], // its clocks leapt over midnight
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00Z', 0], // a day that Samoa left out
    ['2026-11-29T02:27', 'Asia/Kathmandu', '2026-11-28T20:42Z', 1 / 60],
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30Z', 1 / 60], // twice: the first
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30Z', 1 / 60], // leapt over: as long after
    ['2026-11-29T02:27+08:00', 'America/New_York', '2026-11-28T18:27Z', 1 / 60],
    ['2026-11-29T02:27Z', 'Asia/Shanghai', '2026-11-29T02:27Z', 1 / 60],
  ])('%s in %s begins at %s and is %d hours', (written, timeZone, start, hours) => {
    const from = Date.parse(start);
    expect(parseDate(written, timeZone)).toEqual({ start: from, end: from + hours * HOUR });
  });

  it.each([
    ['Europe/Berlin', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25'],
    ['America/St_Johns', '2026-03-08'],
    ['America/St_Johns', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-04-05'], // by half an hour
    ['Australia/Lord_Howe', '2026-10-04'],
  ])('in %s is what the clocks show, every quarter of an hour around their change of %s', (timeZone, day) => {
    const change = Date.parse(`${day}T00:00Z`);
    for (let moment = change - 36 * HOUR; moment < change + 36 * HOUR; moment += 900_000) {
      const shown = isoInZone(moment, timeZone);
      expect(Date.parse(shown)).toBe(moment);
      const read = parseDate(shown.slice(0, 16), timeZone)?.start ?? Number.NaN;
      expect(isoInZone(read, timeZone).slice(0, 16)).toBe(shown.slice(0, 16));
      expect(read).toBeLessThanOrEqual(moment);
    }
  });

  it.each(['2026-02-30', '2026-13-01', '2026-11-25T25:00', '25.11.2026', ''])('is not %j', (written) => {
    expect(parseDate(written, 'UTC')).toBeNull();
  });
});

describe('completion', () => {
  it('offers the parts of a metric, of which the fields name only the last value', () => {
    const fields: FieldInfo[] = [{ field: 'metrics.loss', kind: 'number', runs: 1, distinct: 1, values: [] }];
    const at = (text: string) => {
      const { from, options } = completeQuery(text, text.length, fields);
      return [from, ...options.map((option) => option.text)];
    };
    expect(at('metrics.')).toEqual([0, 'metrics.loss']);
    expect(at('seed = 1 and metrics.loss.')).toEqual([13, 'metrics.loss.min', 'metrics.loss.max']);
    expect(at('metrics.loss.mi')).toEqual([0, 'metrics.loss.min']);
  });

  const fields: FieldInfo[] = [
    { field: 'model.activation', kind: 'text', runs: 9, distinct: 2, values: ['relu', 'gelu'] },
    { field: 'metrics.accuracy', kind: 'number', runs: 9, distinct: 9, values: [] },
    { field: 'optimizer.lr', kind: 'number', runs: 9, distinct: 2, values: [0.1, 0.01] },
    { field: 'tags.broken', kind: 'text', runs: 1, distinct: 1, values: ['yes'] },
  ];
  /** Completes at the bar, takes the first option. */
  const taken = (marked: string) => {
    const caret = marked.indexOf('|');
    const text = marked.replace('|', '');
    const { from, to, options } = completeQuery(text, caret, fields);
    return options[0] && text.slice(0, from) + options[0].text + text.slice(to);
  };
  const offered = (marked: string) =>
    completeQuery(marked.replace('|', ''), marked.indexOf('|'), fields).options.map(({ text }) => text);

  it.each([
    ['met|', 'metrics.accuracy'],
    ['acc|', 'metrics.accuracy'],
    ['met|rics.loss > 1', 'metrics.accuracy > 1'],
    ['model.activation = |', 'model.activation = "relu"'],
    ['model.activation = "g|', 'model.activation = "gelu"'],
    ['model.activation in ("relu", "g|', 'model.activation in ("relu", "gelu"'],
    ['model.activation n|', 'model.activation not'],
    ['not ta|', 'not tags.broken'],
    ['metrics.accuracy > 0.5 a|', 'metrics.accuracy > 0.5 and'],
  ])('%s', (marked, text) => {
    expect(taken(marked)).toBe(text);
  });

  it('offers what can follow, and nothing else', () => {
    expect(offered('|')).toEqual([...fields.map(({ field }) => field), 'not', '(']);
    expect(offered('optimizer.lr |')).toEqual([
      '=',
      '!=',
      '<',
      '<=',
      '>',
      '>=',
      'and',
      'or',
      'not',
      'in',
      'like',
      'is',
    ]);
    expect(offered('optimizer.lr = |')).toEqual(['0.1', '0.01']);
    expect(offered('(tags.broken |')).toContain(')');
    expect(offered('tags.broken |')).not.toContain(')');
    expect(offered('a @ |')).toEqual([]);
  });
});

describe('fields that no run has', () => {
  const known = ['seed', 'metrics.accuracy', 'model.activation', 'optimizer.lr', 'tags.owner'];
  const of = (query: string) => unknownFields(parseQuery(query) as Expression, known);

  it('are found in a query, with the one that may be meant', () => {
    expect(of('accuracy > 0.5 and seed = 1')).toEqual([{ field: 'accuracy', likely: 'metrics.accuracy' }]);
    expect(of('metrics.acuracy.max > 0.5')).toMatchObject([{ likely: 'metrics.accuracy' }]);
    expect(of('activation = "relu" or foo.bar = 1')).toEqual([
      { field: 'activation', likely: 'model.activation' },
      { field: 'foo.bar', likely: null },
    ]);
    expect(of('metrics.accuracy.min > 0.5 and status = "failed" and name like "x"')).toEqual([]);
  });

  it('are given no hint that is like them in nothing but what comes before: optimizer.momentum is no optimizer.name', () => {
    const paths = ['optimizer.name', 'optimizer.lr', 'model.activation', 'metrics.accuracy', 'metrics.gradientNorm.1'];
    const likely = (query: string) => unknownFields(parseQuery(query) as Expression, paths).map(({ likely }) => likely);
    expect(likely('optimizer.momentum > 0')).toEqual([null]);
    expect(likely('optimizer.wd > 0 or metrics.f1 > 0.5')).toEqual([null, null]);
    expect(likely('optimizer.nmae = "sgd"')).toEqual(['optimizer.name']);
    expect(likely('optimiser.lr = 1 and modl.activaton = "relu"')).toEqual(['optimizer.lr', 'model.activation']);
    expect(likely('metrics.gradientNrm.1 > 0')).toEqual(['metrics.gradientNorm.1']);
  });

  it('are no other part of a metric that they have', () => {
    expect(sameThing('metrics.loss', 'metrics.loss.min')).toBe(true);
    expect(sameThing('metrics.loss', 'tags.loss')).toBe(false);
  });
});
