import type { z } from 'zod';
import type { Family, Kind } from '../kinds/kind.ts';
import { ConfigError } from '../text/errors.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import { configSchema, KINDS } from './schema.ts';

// The dotted paths of a config, and which names people may write for them.

/** Paths that no assignment sets: `--seeds` gives the seed, and the study's place in the command gives the study. */
const ELSEWHERE: readonly string[] = ['seed', 'study'];

/** The kinds that a part may be; empty for a part that does not come in kinds. */
export const kindsOf = (part: string): Family => (Object.hasOwn(KINDS, part) ? KINDS[part as keyof typeof KINDS] : {});

/** The kind with this name among those of a part. */
export const kindOf = (part: string, name: string): Kind | undefined =>
  Object.hasOwn(kindsOf(part), name) ? kindsOf(part)[name] : undefined;

/** The keys that a kind has in a config: `name` and its fields. */
export const namesOf = ({ fields }: Kind): string[] => ['name', ...Object.keys(fields)];

/** The schema of a field without its default. Kinds in which a field means the same share one schema object. */
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

/** The schemas, without defaults, of the field at a path: one for each kind that has the field. */
export function fieldsAt(path: string): z.ZodType[] {
  const [part = '', key = ''] = path.split('.');
  const kinds = key === '' ? [WHOLE] : Object.values(kindsOf(part));
  return kinds.flatMap((kind) => fieldOf(kind, key === '' ? part : key) ?? []);
}

/** The config itself, treated as a kind with fields. */
const WHOLE: Kind = { id: 'config', label: 'config', fields: configSchema.shape };

/** The words that a field accepts, such as the names of a part's kinds; empty where it takes free text or no text. */
export function wordsAt(path: string): readonly string[] {
  const [part = '', key] = path.split('.');
  if (path === 'batchSize') return ['full'];
  if (key === 'name') return Object.keys(kindsOf(part));
  return [...new Set(fieldsAt(path).flatMap((field) => (field as z.ZodEnum).options ?? []))].map(String);
}

/** Lower case without spaces, hyphens and underscores: `learning_rate` and `learningRate` become one. */
export const folded = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '');

/** Other words for a field that could not mean anything else. */
const SYNONYMS: Readonly<Record<string, string>> = {
  learningrate: 'optimizer.lr',
  batch: 'batchSize',
  l2: 'optimizer.weightDecay',
  dataset: 'data.name',
  units: 'model.hidden',
  lrschedule: 'schedule.name',
};

/**
 * The paths that a name may stand for: the path itself, paths that end in it, or the `name` of the part that it names
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
 * The path that a name stands for; a short name is enough where it is unique.
 * @throws ConfigError where no path is meant, with the nearest one, or where several are, with all of them
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

/** The path whose last word is nearest to the last word of `name`. */
function nearestLeaf(name: string, paths: readonly string[]): string | undefined {
  const leafOf = (path: string) => path.slice(path.indexOf('.') + 1);
  const leaf = nearest(leafOf(name), paths.map(leafOf));
  return leaf === undefined ? undefined : paths.find((path) => leafOf(path) === leaf);
}
