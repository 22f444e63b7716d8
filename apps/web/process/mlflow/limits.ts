import { invalidParameter } from './errors.ts';

// What a name, a text and a number may be, as MLflow has it. What is beyond is refused and never cut.

export const MOST = {
  key: 250,
  paramValue: 6_000,
  tagValue: 8_000,
  experimentName: 500,
  experimentTagValue: 20_000,
  runName: 500,
  metrics: 1_000,
  paramsOrTags: 100,
  entities: 1_000,
  datasetName: 500,
  datasetDigest: 36,
  datasetSource: 65_535,
  datasetSchema: 1_048_575,
  datasetProfile: 16_777_215,
  inputTagKey: 255,
  inputTagValue: 500,
} as const;

const NAME = /^[/\p{L}\p{N}\p{M}_.\- :]*$/u;
const BAD_CHARACTER =
  'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).';

/** A path without its detours, as Python's `posixpath.normpath` has it. */
export function normalPath(path: string): string {
  const isAbsolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && (parts.length === 0 ? isAbsolute : parts.at(-1) !== '..')) parts.pop();
    else parts.push(part);
  }
  const slashes = isAbsolute ? (path.startsWith('//') && !path.startsWith('///') ? '//' : '/') : '';
  return slashes + parts.join('/') || '.';
}

const SHOWN = 300;
const shown = (value: unknown): string => JSON.stringify(value).slice(0, SHOWN);

/** @throws MlflowError for what cannot be the name of a metric, a param or a tag */
export function checkName(parameter: string, name: string): void {
  const refuse = (why: string) =>
    invalidParameter(`Invalid value ${shown(name)} for parameter '${parameter}' supplied: ${why}`);
  if (!NAME.test(name)) throw refuse(BAD_CHARACTER);
  const normal = normalPath(name);
  if (normal !== name || normal === '.' || normal.startsWith('..') || normal.startsWith('/')) {
    throw refuse(
      `Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '${normal.slice(0, SHOWN)}'`,
    );
  }
  if (name === '__proto__') throw refuse('nothing can be called __proto__');
}

/** Characters are code points, as Python counts them. @throws MlflowError for a text that is too long, or no Unicode */
export function checkLength(what: string, most: number, text: string): void {
  if (text.length > most && [...text].length > most)
    throw invalidParameter(`'${what}' exceeds the maximum length of ${most} characters`);
  if (!(text as unknown as { isWellFormed(): boolean }).isWellFormed()) {
    throw invalidParameter(`'${what}' is not well-formed Unicode: it has half of a surrogate pair`);
  }
}

/** @throws MlflowError */
export function checkParam(key: string, value: string, at = ''): void {
  checkName(`${at}key`, key);
  checkLength('Param key', MOST.key, key);
  checkLength('Param value', MOST.paramValue, value);
}

/** @throws MlflowError */
export function checkTag(key: string, value: string, at = ''): void {
  checkName(`${at}key`, key);
  checkLength(`${at}key`, MOST.key, key);
  checkLength(`${at}value`, MOST.tagValue, value);
}

/** @throws MlflowError */
export function checkMetricName(key: string, at = ''): void {
  checkName(`${at}name`, key);
  checkLength('Metric name', MOST.key, key);
}

/** @throws MlflowError where a batch has more of something than it may */
export function checkCount(what: string, most: number, count: number): void {
  if (count <= most) return;
  throw invalidParameter(
    `A batch logging request can contain at most ${most} ${what}. Got ${count} ${what}. Please split up ${what} across multiple requests and try again.`,
  );
}

/** Pairs as a record, of two of one key the later. */
export const asRecord = (pairs: readonly { readonly key: string; readonly value: string }[]): Record<string, string> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
