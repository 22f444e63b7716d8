import type { z } from 'zod';
import { ConfigError } from '../errors.ts';
import type { ParamValue } from './canonical.ts';
import { suggestion } from './nearest.ts';
import { type Config, configSchema, KINDS } from './schema.ts';

/** One `path=value` of the command line, with the values that it sweeps over. */
export interface Assignment {
  readonly path: string;
  readonly values: readonly unknown[];
}

type Tree = { [key: string]: unknown };

const isTree = (value: unknown): value is Tree => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Every path that some valid config can have. */
function knownPaths(): string[] {
  const paths = Object.keys(configSchema.shape).filter((key) => !(key in KINDS));
  for (const [part, kinds] of Object.entries(KINDS)) {
    for (const schema of Object.values(kinds))
      for (const key of Object.keys(schema.shape)) paths.push(`${part}.${key}`);
  }
  return [...new Set(paths)];
}

const RANGE = /^(-?\d+)\.\.(-?\d+)$/;
const MOST_VALUES = 10_000;

/** The integers that `text` names: `3`, `1,2,5`, `1..5`. Errors name `field`. */
export function parseIntegers(field: string, text: string): number[] {
  const numbers = text.split(',').flatMap((part) => {
    const range = RANGE.exec(part);
    if (range) return expandRange(field, part, Number(range[1]), Number(range[2]));
    if (!/^-?\d+$/.test(part)) {
      throw new ConfigError(field, `expected whole numbers such as 3, 1,2,5 or 1..5, got "${text}"`);
    }
    return [Number(part)];
  });
  const twice = numbers.find((number, i) => numbers.indexOf(number) !== i);
  if (twice !== undefined) throw new ConfigError(field, `${twice} is given twice in "${text}"`);
  return numbers;
}

function expandRange(field: string, text: string, from: number, to: number): number[] {
  if (to < from) throw new ConfigError(field, `the range "${text}" runs backwards; write ${to}..${from}`);
  if (to - from >= MOST_VALUES) throw new ConfigError(field, `the range "${text}" has more than ${MOST_VALUES} values`);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** A value as JSON reads it, and else the text itself. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Splits at commas outside of brackets and quotes; a backslash within quotes takes the next character as it is. */
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

/** Whether the field at `path` is text, such as the name of a file: `1` is then no number and `1..5` no range. */
function isText(path: string): boolean {
  const [part = '', key = ''] = path.split('.');
  const kinds: Record<string, z.ZodObject> = (KINDS as Record<string, Record<string, z.ZodObject>>)[part] ?? {};
  return Object.values(kinds).some((schema) => {
    const field = schema.shape[key] as z.ZodType | undefined;
    return ((field as z.ZodDefault<z.ZodType> | undefined)?.def.innerType ?? field)?.def.type === 'string';
  });
}

/** Texts as they are; one with commas or brackets of its own is written as a JSON string. */
function parseTexts(text: string): string[] {
  return splitValues(text).map((part) => {
    const value = part.startsWith('"') ? parseValue(part) : part;
    return typeof value === 'string' ? value : part;
  });
}

/** The word that {@link parseAssignment} reads as this one value at `path`. */
export function writeAssignment(path: string, value: ParamValue): string {
  if (typeof value !== 'string' || !isText(path)) return `${path}=${value}`;
  const read = parseTexts(value);
  const plain = value !== '' && read.length === 1 && read[0] === value;
  return `${path}=${plain ? value : JSON.stringify(value)}`;
}

/**
 * Reads `path=value`, `path=a,b,c` or `path=1..5`.
 * @throws ConfigError for text without `=`, an unknown path, or an empty value
 */
export function parseAssignment(text: string): Assignment {
  const at = text.indexOf('=');
  if (at < 1) throw new ConfigError('', `expected path=value (for example optimizer.lr=0.01), got "${text}"`);
  const path = text.slice(0, at);
  const right = text.slice(at + 1);
  if (path === 'seed') throw new ConfigError('seed', 'give seeds with --seeds, for example --seeds 1..5');
  if (path === 'study') throw new ConfigError('study', 'the study is the first word after "run"');
  const known = knownPaths().filter((item) => item !== 'seed' && item !== 'study');
  if (!known.includes(path)) {
    throw new ConfigError(path, `no such path.${suggestion(path, known)} Allowed: ${known.join(', ')}`);
  }
  if (right === '') throw new ConfigError(path, 'expected a value after "="');
  if (isText(path)) return { path, values: parseTexts(right) };
  const range = RANGE.exec(right);
  if (range) return { path, values: expandRange(path, right, Number(range[1]), Number(range[2])) };
  return { path, values: splitValues(right).map(parseValue) };
}

/** Every combination of the assignments' values, the first assignment varying slowest. */
export function grid(assignments: readonly Assignment[]): Record<string, unknown>[] {
  const seen = new Set<string>();
  for (const { path } of assignments) {
    if (seen.has(path)) throw new ConfigError(path, 'is given twice');
    seen.add(path);
  }
  return assignments.reduce<Record<string, unknown>[]>(
    (rows, { path, values }) => rows.flatMap((row) => values.map((value) => ({ ...row, [path]: value }))),
    [{}],
  );
}

/** What the schema says that a field is: `noise` is an angle of a spiral and a distance of moons. */
function meaning(schema: z.ZodObject | undefined, key: string): string | undefined {
  const field = schema?.shape[key] as z.ZodType | undefined;
  const inner = (field as z.ZodDefault<z.ZodType> | undefined)?.def.innerType;
  return field?.description ?? inner?.description;
}

/**
 * A complete config: `base` with values set at paths. Where a part changes its kind (`optimizer.name=sgd`), the
 * fields that the new kind does not have are dropped, and those that mean the same in both kinds are kept.
 * @throws ConfigError naming the first field that is not valid, what came and what is allowed
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
  for (const [part, kinds] of Object.entries(KINDS)) {
    const fields = tree[part] as Tree;
    const schema = (kinds as Record<string, z.ZodObject>)[String(fields.name)];
    if (!schema) {
      const names = Object.keys(kinds);
      throw new ConfigError(
        `${part}.name`,
        `unknown ${part} ${JSON.stringify(fields.name)}.${suggestion(String(fields.name), names)} Allowed: ${names.join(', ')}`,
      );
    }
    const before = (kinds as Record<string, z.ZodObject>)[(base[part as keyof typeof KINDS] as { name: string }).name];
    for (const key of Object.keys(fields)) {
      const given = key === 'name' || `${part}.${key}` in values;
      if (key in schema.shape && (given || meaning(before, key) === meaning(schema, key))) continue;
      if (`${part}.${key}` in values) {
        throw new ConfigError(
          `${part}.${key}`,
          `${part} "${fields.name}" has no such field. It has: ${Object.keys(schema.shape).join(', ')}`,
        );
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
  if (issue?.code === 'unrecognized_keys')
    throw new ConfigError(path || 'config', `unknown field ${issue.keys.join(', ')}`);
  if (issue?.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    const near = typeof came === 'string' ? suggestion(came, allowed) : '';
    throw new ConfigError(path, `got ${show(came)}.${near} Allowed: ${allowed.join(', ')}`);
  }
  throw new ConfigError(path || 'config', `${expectation(issue)}, got ${show(came)}`);
}

const show = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
};

function expectation(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'too_small' && issue.origin === 'string') return 'expected a text that is not empty';
  if (issue?.code === 'too_big' && issue.origin === 'string') return `expected at most ${issue.maximum} characters`;
  if (issue?.code === 'too_small') return `expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  if (issue?.code === 'too_big') return `expected ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
  if (issue?.code === 'invalid_type') {
    const names: Record<string, string> = {
      int: 'a whole number',
      number: 'a number',
      string: 'a text',
      boolean: 'true or false',
      array: 'a list such as [100,50]',
    };
    return `expected ${names[issue.expected] ?? issue.expected}`;
  }
  return issue?.message ?? 'is not valid';
}
