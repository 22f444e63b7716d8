import type { z } from 'zod';
import { ConfigError } from '../text/errors.ts';
import { sameText, type Text } from '../text/text.ts';
import { canonicalJson, type ParamValue } from './canonical.ts';
import { fieldOf, fieldsAt, kindOf, kindsOf, namesOf, resolvePath } from './paths.ts';
import { parseValue, plainNumbers } from './plain-value.ts';
import { type Config, configSchema, KINDS } from './schema.ts';
import { meantAt, spelled } from './words.ts';

/** One `path=value` of the command line, with the values that it sweeps over. */
export interface Assignment {
  readonly path: string;
  readonly values: readonly unknown[];
}

type Tree = { [key: string]: unknown };

const isTree = (value: unknown): value is Tree => value !== null && typeof value === 'object' && !Array.isArray(value);

const RANGE = /^(-?\d+)\.\.(-?\d+)$/;
const MOST_VALUES = 10_000;

/** The integers that `text` names: `3`, `1,2,5` or `1..5`, each once. @throws ConfigError that names `field` */
export function parseIntegers(field: string, text: string): number[] {
  const numbers: number[] = [];
  for (const part of text.split(',')) {
    const range = RANGE.exec(part);
    if (!range && !/^-?\d+$/.test(part)) {
      throw new ConfigError(field, {
        en: `expected whole numbers such as 3, 1,2,5 or 1..5, got "${text}"`,
        zh: `应为整数，例如 3、1,2,5 或 1..5，得到的是“${text}”`,
      });
    }
    const named = range ? expandRange(field, part, Number(range[1]), Number(range[2])) : [Number(part) + 0]; // + 0 makes -0 a 0
    if (numbers.length + named.length > MOST_VALUES) {
      throw new ConfigError(field, {
        en: `the list has more than ${MOST_VALUES} values; split it over several commands`,
        zh: `列表超过了 ${MOST_VALUES} 个值；请分成几条命令`,
      });
    }
    numbers.push(...named);
  }
  refuseRepeated(field, text, numbers);
  return numbers;
}

/** A value in two spellings (0.01 and 1e-2) would be trained twice. */
function refuseRepeated(field: string, text: string, values: readonly unknown[]): void {
  const seen = new Set<string>();
  for (const value of values) {
    const key = canonicalJson(value);
    if (seen.has(key)) {
      const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
      throw new ConfigError(field, {
        en: `${show(value)} is given twice in "${shown}"; name each value once`,
        zh: `“${shown}”里 ${show(value)} 出现了两次；每个值只写一次`,
      });
    }
    seen.add(key);
  }
}

function expandRange(field: string, text: string, from: number, to: number): number[] {
  if (to < from) {
    throw new ConfigError(field, {
      en: `the range "${text}" runs backwards; write ${to}..${from}`,
      zh: `范围“${text}”前后颠倒，应写作 ${to}..${from}`,
    });
  }
  if (to - from >= MOST_VALUES) {
    throw new ConfigError(field, {
      en: `the range "${text}" has more than ${MOST_VALUES} values`,
      zh: `范围“${text}”超过了 ${MOST_VALUES} 个值`,
    });
  }
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/**
 * Splits at commas outside of brackets and quotes; within quotes, the character after a backslash is taken as it is.
 */
function splitValues(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let quoted = false;
  let escaped = false;
  for (const character of text) {
    if (character === '"' && !escaped) quoted = !quoted;
    escaped = quoted && character === '\\' && !escaped;
    if (!quoted && character === '[') depth += 1;
    if (!quoted && character === ']') depth -= 1;
    if (character === ',' && depth === 0 && !quoted) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** Whether the field at `path` is text, such as the name of a file: `1` is then not a number and `1..5` not a range. */
const isText = (path: string): boolean => fieldsAt(path).some(({ def }) => def.type === 'string');

/** Texts are taken as written; one that holds commas or brackets is written as a JSON string. */
function parseTexts(text: string): string[] {
  return splitValues(text).map((part) => {
    const value = part.startsWith('"') ? parseValue(part) : part;
    return typeof value === 'string' ? value : part;
  });
}

/** The inverse of {@link parseAssignment} for a single value at `path`. */
export function writeAssignment(path: string, value: ParamValue): string {
  if (typeof value !== 'string' || !isText(path)) return `${path}=${value}`;
  const read = parseTexts(value);
  const plain = value !== '' && read.length === 1 && read[0] === value;
  return `${path}=${plain ? value : JSON.stringify(value)}`;
}

/**
 * Reads `path=value`, `path=a,b,c` or `path=1..5`. A short name is enough where only one path ends in it.
 * @throws ConfigError for text without `=`, an unknown path, an empty value, or a value given twice
 */
export function parseAssignment(text: string): Assignment {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new ConfigError('', {
      en: `expected path=value (for example optimizer.lr=0.01), got "${text}"`,
      zh: `应为“路径=值”（例如 optimizer.lr=0.01），得到的是“${text}”`,
    });
  }
  const name = text.slice(0, at).trim();
  const right = text.slice(at + 1);
  if (name === 'seed') {
    throw new ConfigError('seed', {
      en: 'give seeds with --seeds, for example --seeds 1..5',
      zh: '种子用 --seeds 指定，例如 --seeds 1..5',
    });
  }
  if (name === 'study') {
    throw new ConfigError('study', { en: 'the study is the first word after "run"', zh: '课题是 run 后面的第一个词' });
  }
  const path = resolvePath(name);
  if (right === '') throw new ConfigError(path, { en: 'expected a value after "="', zh: '“=”后面应有值' });
  const values = valuesAt(path, right);
  refuseRepeated(path, right, values);
  return { path, values };
}

function valuesAt(path: string, text: string): unknown[] {
  if (isText(path)) return parseTexts(text);
  const range = RANGE.exec(text);
  if (range) return expandRange(path, text, Number(range[1]), Number(range[2]));
  return splitValues(text).map((part) => valueAt(path, part));
}

function valueAt(path: string, text: string): unknown {
  const value = parseValue(text);
  return typeof value === 'string' ? spelled(path, value) : value;
}

/** Every combination of the assignments' values, the first varying slowest. @throws ConfigError for a repeated path */
export function grid(assignments: readonly Assignment[]): Record<string, unknown>[] {
  const seen = new Set<string>();
  for (const { path } of assignments) {
    if (seen.has(path)) throw new ConfigError(path, { en: 'is given twice', zh: '给了两次' });
    seen.add(path);
  }
  return assignments.reduce<Record<string, unknown>[]>(
    (rows, { path, values }) => rows.flatMap((row) => values.map((value) => ({ ...row, [path]: value }))),
    [{}],
  );
}

/**
 * A complete config: `base` with values set at paths. Where a part changes its kind (`optimizer.name=sgd`), fields that
 * the new kind lacks are dropped, and fields that mean the same in both kinds are kept.
 * @throws ConfigError naming the first invalid field, what came and what is allowed
 */
export function buildConfig(base: Config, values: Readonly<Record<string, unknown>>): Config {
  const tree = structuredClone(base) as Tree;
  const byKindFirst = Object.entries(values).sort(
    ([a], [b]) => Number(b.endsWith('.name')) - Number(a.endsWith('.name')),
  );
  for (const [path, value] of byKindFirst) {
    const [head = '', ...rest] = path.split('.');
    if (rest.length === 0) tree[head] = value;
    else if (isTree(tree[head])) (tree[head] as Tree)[rest.join('.')] = value;
  }
  for (const part of Object.keys(KINDS) as (keyof typeof KINDS)[]) {
    const fields = tree[part] as Tree;
    const kind = kindOf(part, String(fields.name));
    if (!kind) {
      const names = Object.keys(kindsOf(part));
      const near = meantAt(`${part}.name`, String(fields.name), names);
      const allowed = names.join(', ');
      throw new ConfigError(`${part}.name`, {
        en: `unknown ${part} ${JSON.stringify(fields.name)}.${near.en} Allowed: ${allowed}`,
        zh: `没有 ${JSON.stringify(fields.name)}。${near.zh}可用的有：${allowed}`,
      });
    }
    const before = kindOf(part, base[part].name);
    const has = namesOf(kind);
    for (const key of Object.keys(fields)) {
      const given = key === 'name' || `${part}.${key}` in values;
      if (has.includes(key) && (given || fieldOf(before, key) === fieldOf(kind, key))) continue;
      if (`${part}.${key}` in values) {
        const all = has.join(', ');
        throw new ConfigError(`${part}.${key}`, {
          en: `${part} "${fields.name}" has no such field. It has: ${all}`,
          zh: `${part} "${fields.name}" 没有这个字段，它有：${all}`,
        });
      }
      delete fields[key];
    }
  }
  return parseConfig(tree);
}

/**
 * Checks a whole config.
 * @throws ConfigError as {@link buildConfig}
 */
export function parseConfig(value: unknown): Config {
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = (issue?.path ?? []).map(String).join('.');
  const came = (issue?.path ?? []).reduce<unknown>((part, key) => (part as Tree | undefined)?.[String(key)], value);
  if (issue?.code === 'unrecognized_keys') {
    const keys = issue.keys.join(', ');
    throw new ConfigError(path || 'config', { en: `unknown field ${keys}`, zh: `没有字段 ${keys}` });
  }
  if (issue?.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    const near = typeof came === 'string' ? meantAt(path, came, allowed) : sameText('');
    throw new ConfigError(path, {
      en: `got ${show(came)}.${near.en} Allowed: ${allowed.join(', ')}`,
      zh: `得到的是 ${show(came)}。${near.zh}可用的有：${allowed.join(', ')}`,
    });
  }
  const expected = expectation(issue);
  const hint = hintAt(path, issue, came);
  throw new ConfigError(path || 'config', {
    en: `${expected.en}, got ${show(came)}${hint.en}`,
    zh: `${expected.zh}，得到的是${came === undefined ? '空' : ` ${show(came)}`}${hint.zh}`,
  });
}

const show = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
};

/** A suggestion of what to write instead of the value that came. */
function hintAt(path: string, issue: z.core.$ZodIssue | undefined, came: unknown): Text {
  if (typeof came === 'number' && issue?.code === 'invalid_type' && issue.expected === 'array') {
    const sweep = `'${path}=[${came}],[${2 * came}]'`;
    return { en: `; write [${came}], and to compare two ${sweep}`, zh: `；请写作 [${came}]，比较两种时写作 ${sweep}` };
  }
  if (typeof came !== 'string') return sameText('');
  if (path === 'batchSize') return meantAt(path, came, ['full']);
  const isNumber = issue?.code === 'invalid_type' && (issue.expected === 'number' || issue.expected === 'int');
  const plain = isNumber ? plainNumbers(came) : null;
  return plain === null ? sameText('') : { en: `; write ${plain}`, zh: `；请写作 ${plain}` };
}

const TYPES: Readonly<Record<string, Text>> = {
  int: { en: 'a whole number', zh: '整数' },
  number: { en: 'a number', zh: '数字' },
  string: { en: 'a text', zh: '文本' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
  array: { en: 'a list such as [100,50]', zh: '列表，例如 [100,50]' },
};

function expectation(issue: z.core.$ZodIssue | undefined): Text {
  if (issue?.code === 'too_small' && issue.origin === 'string') {
    return { en: 'expected a text that is not empty', zh: '文本不能为空' };
  }
  if (issue?.code === 'too_big' && issue.origin === 'string') {
    return { en: `expected at most ${issue.maximum} characters`, zh: `最多 ${issue.maximum} 个字符` };
  }
  if (issue?.code === 'too_small') {
    const { inclusive, minimum } = issue;
    return {
      en: `expected ${inclusive ? 'at least' : 'more than'} ${minimum}`,
      zh: `应${inclusive ? '不小于' : '大于'} ${minimum}`,
    };
  }
  if (issue?.code === 'too_big') {
    const { inclusive, maximum } = issue;
    return {
      en: `expected ${inclusive ? 'at most' : 'less than'} ${maximum}`,
      zh: `应${inclusive ? '不大于' : '小于'} ${maximum}`,
    };
  }
  if (issue?.code === 'invalid_type') {
    const { en, zh } = TYPES[issue.expected] ?? sameText(issue.expected);
    return { en: `expected ${en}`, zh: `应为${zh}` };
  }
  return sameText(issue?.message ?? 'is not valid');
}
