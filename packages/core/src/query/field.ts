import { QueryError } from '../text/errors.ts';
import { suggested } from '../text/nearest.ts';
import type { Text } from '../text/text.ts';

/** The fields that every run has, each with what it holds. `duration` is in seconds. */
const ATTRIBUTE_KINDS = {
  id: 'text',
  name: 'text',
  status: 'text',
  source: 'text',
  study: 'text',
  engine: 'text',
  mode: 'text',
  duration: 'number',
  created: 'date',
  started: 'date',
  ended: 'date',
  notes: 'text',
  command: 'text',
  error: 'text',
} as const satisfies Readonly<Record<string, 'text' | 'number' | 'date'>>;
export type Attribute = keyof typeof ATTRIBUTE_KINDS;
export const ATTRIBUTES = Object.keys(ATTRIBUTE_KINDS) as readonly Attribute[];

export const METRIC_PARTS = ['last', 'min', 'max'] as const;
export type MetricPart = (typeof METRIC_PARTS)[number];

/** Something that a run has: what a query names, a table column shows, and runs are sorted and grouped by. */
export type Field =
  | { readonly kind: 'attribute'; readonly key: Attribute }
  /** A leaf of the config: `model.activation`. */
  | { readonly kind: 'param'; readonly key: string }
  | { readonly kind: 'metric'; readonly key: string; readonly part: MetricPart }
  | { readonly kind: 'tag'; readonly key: string }
  /** A dotted path into the description of the environment in which the run was trained: `git.commit`. */
  | { readonly kind: 'environment'; readonly key: string };

/** What the values of a field are; `any` for params, tags and the environment, which may hold anything. */
export function valueKindOf(field: Field): 'text' | 'number' | 'date' | 'any' {
  if (field.kind === 'metric') return 'number';
  return field.kind === 'attribute' ? ATTRIBUTE_KINDS[field.key] : 'any';
}

/** What precedes a field's key, and an example of such a key. */
const PREFIXES: ReadonlyMap<string, { readonly kind: Exclude<Field['kind'], 'attribute'>; readonly example: string }> =
  new Map([
    ['params', { kind: 'param', example: 'seed' }],
    ['metrics', { kind: 'metric', example: 'accuracy' }],
    ['tags', { kind: 'tag', example: 'broken' }],
    ['environment', { kind: 'environment', example: 'git.commit' }],
  ]);

/** Words that are nearly a prefix; no bare path begins with them. */
const MISSPELT: ReadonlyMap<string, string> = new Map([
  ['param', 'params'],
  ['metric', 'metrics'],
  ['tag', 'tags'],
  ['env', 'environment'],
]);

/** The words of the query language, in small or capital letters. No field can be called so. */
export const KEYWORDS = ['and', 'or', 'not', 'in', 'like', 'is', 'null', 'true', 'false', 'nan', 'inf'] as const;

/** The most characters of a field or a query. */
export const MOST_CHARACTERS = 10_000;

const SEGMENT = String.raw`[\p{L}\p{N}_][\p{L}\p{N}\p{M}_/-]*`;
const PLAIN = `${SEGMENT}(?:\\.${SEGMENT})*`;
const TEXT = String.raw`"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'`;

const PREFIXED = new RegExp(`^(params|metrics|tags|environment)\\.(?:(${TEXT})(?:\\.([a-z]+))?|(${PLAIN}))$`, 'u');
const BARE = new RegExp(`^(?!\\p{N})${PLAIN}$`, 'u');
const PLAIN_KEY = new RegExp(`^${PLAIN}$`, 'u');

/**
 * The source of a pattern that finds fields in a query. It also takes some texts that {@link parseField} then refuses.
 */
export const FIELD_PATTERN = `(?:params|metrics|tags|environment)\\.(?:${TEXT})(?:\\.[a-z]+)?|(?!\\p{N})${PLAIN}`;

/** A text of the query language, in double or single quotes. */
export const TEXT_PATTERN = TEXT;

const isAttribute = (word: string): word is Attribute => (ATTRIBUTES as readonly string[]).includes(word);
const isKeyword = (word: string): boolean => (KEYWORDS as readonly string[]).includes(word.toLowerCase());
const isPart = (word: string | undefined): word is MetricPart => (METRIC_PARTS as readonly unknown[]).includes(word);

/**
 * Reads the text of a field: `status`, `optimizer.lr`, `metrics.accuracy.min`, `tags."an odd key"`.
 * @throws QueryError
 */
export function parseField(text: string): Field {
  const fail = (message: Text): never => {
    throw new QueryError(message, 0, text.length);
  };
  if (text.length > MOST_CHARACTERS) {
    const [length, most] = [text.length, MOST_CHARACTERS];
    return fail({ en: `a field of ${length} characters is too long`, zh: `字段有 ${length} 个字符，最多 ${most} 个` });
  }
  const prefixed = PREFIXED.exec(text);
  if (prefixed) {
    const [, prefix = '', quoted, part, plain] = prefixed;
    const kind = PREFIXES.get(prefix)?.kind ?? 'param';
    if (kind === 'metric') return metric(quoted, part, plain ?? '', fail);
    if (part !== undefined) {
      return fail({
        en: `${shorten(text)}: only metrics have parts, got ".${part}"`,
        zh: `${shorten(text)}：只有指标才有 last、min 和 max，得到的是 ".${part}"`,
      });
    }
    return { kind, key: quoted === undefined ? (plain ?? '') : readText(quoted) };
  }
  if (isAttribute(text)) return { kind: 'attribute', key: text };
  const [first = ''] = text.split('.', 1);
  const prefix = PREFIXES.get(first);
  if (prefix) {
    return fail({
      en: `expected ${first}. and a name, for example ${first}.${prefix.example}`,
      zh: `${first}. 后面应有名称，例如 ${first}.${prefix.example}`,
    });
  }
  const meant = MISSPELT.get(first);
  if (meant !== undefined && BARE.test(text)) {
    const [came, near] = [shorten(text), `${meant}${text.slice(first.length)}`];
    return fail({
      en: `${came} is no field. Did you mean "${near}"? For a config path, params.${came}`,
      zh: `没有字段 ${came}。是不是“${near}”？如果是配置路径，请写 params.${came}`,
    });
  }
  if (isKeyword(text)) {
    return fail({
      en: `"${text}" is a word of the query language; for a config path, params.${text}`,
      zh: `“${text}”是查询语言的词；如果是配置路径，请写 params.${text}`,
    });
  }
  if (BARE.test(text)) return { kind: 'param', key: text };
  const [came, near] = [JSON.stringify(shorten(text)), suggested(shorten(text), ATTRIBUTES)];
  return fail({
    en: `expected a field such as status, optimizer.lr, metrics.accuracy or tags."odd key", got ${came}.${near.en}`,
    zh: `应为字段，例如 status、optimizer.lr、metrics.accuracy 或 tags."odd key"，得到的是 ${came}。${near.zh}`,
  });
}

function metric(
  quoted: string | undefined,
  part: string | undefined,
  plain: string,
  fail: (message: Text) => never,
): Field {
  if (quoted !== undefined) {
    if (part === undefined || isPart(part)) return { kind: 'metric', key: readText(quoted), part: part ?? 'last' };
    const near = suggested(part, METRIC_PARTS);
    return fail({
      en: `a metric has the parts last, min and max, got ".${part}".${near.en}`,
      zh: `指标有 last、min 和 max，得到的是 ".${part}"。${near.zh}`,
    });
  }
  const dot = plain.lastIndexOf('.');
  const end = plain.slice(dot + 1);
  if (dot > 0 && isPart(end)) return { kind: 'metric', key: plain.slice(0, dot), part: end };
  return { kind: 'metric', key: plain, part: 'last' };
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/** The text of a field, which {@link parseField} reads back. */
export function formatField(field: Field): string {
  switch (field.kind) {
    case 'attribute':
      return field.key;
    case 'param':
      return isBareParam(field.key) ? field.key : `params.${quote(field.key)}`;
    case 'metric': {
      const { key, part } = field;
      const endsLikePart = isPart(key.slice(key.lastIndexOf('.') + 1)) && key.includes('.');
      const name = endsLikePart ? writeText(key) : quote(key);
      return part === 'last' ? `metrics.${name}` : `metrics.${name}.${part}`;
    }
    case 'tag':
      return `tags.${quote(field.key)}`;
    case 'environment':
      return `environment.${quote(field.key)}`;
  }
}

/** Whether two fields belong together, as the last, lowest and highest value of one metric do. */
export function sameThing(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [parseField(one), parseField(other)];
  return a.kind === 'metric' && b.kind === 'metric' && a.key === b.key;
}

function isBareParam(key: string): boolean {
  const [first = ''] = key.split('.', 1);
  return BARE.test(key) && !isAttribute(key) && !isKeyword(key) && !PREFIXES.has(first) && !MISSPELT.has(first);
}

const quote = (key: string): string => (PLAIN_KEY.test(key) ? key : writeText(key));

/** A text as the query language writes it, in double quotes. */
export const writeText = (text: string): string => JSON.stringify(text);

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** The text between the quotes. A backslash before `%` or `_` stays: it is meant for `like`. */
export function readText(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (whole, code?: string, character?: string) => {
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      if (character === '%' || character === '_') return whole;
      return ESCAPES.get(character as string) ?? (character as string);
    });
}
