import type { z } from 'zod';
import type { Family, Kind } from '../kinds/kind.ts';
import { ConfigError } from '../text/errors.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import { configSchema, KINDS } from './schema.ts';

// The dotted paths of a config, and what people write for them.

/** What is given otherwise: a seed by `--seeds`, the study by its place in the command. */
const ELSEWHERE: readonly string[] = ['seed', 'study'];

/** The kinds of a part; none of one that does not come in kinds. */
export const kindsOf = (part: string): Family => (Object.hasOwn(KINDS, part) ? KINDS[part as keyof typeof KINDS] : {});

/** The kind of that name of a part. */
export const kindOf = (part: string, name: string): Kind | undefined =>
  Object.hasOwn(kindsOf(part), name) ? kindsOf(part)[name] : undefined;

/** The names of a kind's fields in a config. */
export const namesOf = ({ fields }: Kind): string[] => ['name', ...Object.keys(fields)];

/** What a field is, without its default: one object for all kinds in which it means the same. */
export const fieldOf = (kind: Kind | undefined, key: string): z.ZodType | undefined => {
  const field = kind && Object.hasOwn(kind.fields, key) ? kind.fields[key] : undefined;
  return field && ((field as z.ZodDefault<z.ZodType>).def.innerType ?? field);
};

/** Every path that some valid config can have and an assignment can set. */
const PATHS: readonly string[] = (() => {
  const paths = Object.keys(configSchema.shape).filter((key) => !(key in KINDS) && !ELSEWHERE.includes(key));
  for (const part of Object.keys(KINDS)) {
    for (const kind of Object.values(kindsOf(part))) for (const key of namesOf(kind)) paths.push(`${part}.${key}`);
  }
  return [...new Set(paths)];
})();

/** What a field is, without its default; of each kind that has it. */
export function fieldsAt(path: string): z.ZodType[] {
  const [part = '', key = ''] = path.split('.');
  const kinds = key === '' ? [WHOLE] : Object.values(kindsOf(part));
  return kinds.flatMap((kind) => fieldOf(kind, key === '' ? part : key) ?? []);
}

/** The config itself, as a kind with fields. */
const WHOLE: Kind = { id: 'config', label: 'config', fields: configSchema.shape };

/** The words that a field takes, such as the kinds of a part; none where it takes any text, or no text. */
export function wordsAt(path: string): readonly string[] {
  const [part = '', key] = path.split('.');
  if (path === 'batchSize') return ['full'];
  if (key === 'name') return Object.keys(kindsOf(part));
  return [...new Set(fieldsAt(path).flatMap((field) => (field as z.ZodEnum).options ?? []))].map(String);
}

/** Small letters without what may stand between words: `learning_rate` and `learningRate` are one. */
export const folded = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '');

/** Names of a field that are none of ours and mean nothing else. */
const SYNONYMS: Readonly<Record<string, string>> = {
  learningrate: 'optimizer.lr',
  batch: 'batchSize',
  l2: 'optimizer.weightDecay',
  dataset: 'data.name',
  units: 'model.hidden',
  lrschedule: 'schedule.name',
};

/**
 * The paths that a name may stand for: the path itself, or those that end in it, or the part whose kind it is
 * (`optimizer` for `optimizer.name`).
 */
export function pathsMeant(name: string, paths: readonly string[]): string[] {
  if (paths.includes(name)) return [name];
  const short = folded(name);
  return paths.filter((path) => {
    const whole = folded(path);
    return whole === short || whole === `${short}.name` || whole.endsWith(`.${short}`);
  });
}

/**
 * The path that somebody means by a name: a unique short name is enough.
 * @throws ConfigError where it means none, with the one that is near, or several, with these
 */
export function resolvePath(name: string): string {
  const meant = pathsMeant(name, PATHS);
  const synonym = Object.hasOwn(SYNONYMS, folded(name)) ? SYNONYMS[folded(name)] : undefined;
  const [path, ...others] = meant.length === 0 && synonym !== undefined ? [synonym] : meant;
  if (path !== undefined && others.length === 0) return path;
  if (path !== undefined) {
    const few = meant.join(', ');
    throw new ConfigError(name, { en: `stands for several paths: ${few}`, zh: `可以指多个路径：${few}` });
  }
  const [part = ''] = name.split('.');
  const ofPart = PATHS.filter((item) => item.startsWith(`${part}.`));
  const likely = ofPart.length > 0 ? nearestLeaf(name, ofPart) : (nearest(name, PATHS) ?? nearestLeaf(name, PATHS));
  if (likely !== undefined) {
    const hint = didYouMean(likely);
    throw new ConfigError(name, { en: `no such path.${hint.en}`, zh: `没有这个路径。${hint.zh}` });
  }
  const allowed = (ofPart.length > 0 ? ofPart : PATHS).join(', ');
  throw new ConfigError(name, { en: `no such path. Allowed: ${allowed}`, zh: `没有这个路径。可用的有：${allowed}` });
}

/** The path whose last word is nearest to a name's. */
function nearestLeaf(name: string, paths: readonly string[]): string | undefined {
  const leafOf = (path: string) => path.slice(path.indexOf('.') + 1);
  const leaf = nearest(leafOf(name), paths.map(leafOf));
  return leaf === undefined ? undefined : paths.find((path) => leafOf(path) === leaf);
}
