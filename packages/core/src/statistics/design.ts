import type { ParamValue } from '../config/canonical.ts';
import { suggested } from '../config/nearest.ts';
import { pathsMeant } from '../config/paths.ts';
import { levelOrder } from '../design/order.ts';
import { ConfigError } from '../errors.ts';
import { valueKey } from '../naming/write-value.ts';
import { own } from '../own.ts';
import type { Text } from '../text.ts';

/** A run as a comparison sees it. */
export interface Observation {
  /** The run's config, flattened: `model.activation` -> `relu`. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** What was measured: NaN of a run that diverged (metrics/diverged.ts), whatever its metric says. */
  readonly value: number;
  /** In which launch of the recorder it came, in order; undefined where that is not known. */
  readonly launch?: number | undefined;
}

/** The path that tells repetitions apart. */
export const REPETITION = 'seed';

/**
 * Whether a path may be a factor. The seed is what a configuration is repeated over; the hash of a file says the same as
 * the file's name, which stands for its contents and is what the level is called.
 */
export const isFactor = (path: string): boolean => path !== REPETITION && path !== 'data.sha256';

/** The paths that may be factors and in which the observations differ, in order. */
export function varyingPaths(observations: readonly Pick<Observation, 'params'>[]): string[] {
  const paths = new Set<string>();
  for (const { params } of observations) for (const path of Object.keys(params)) paths.add(path);
  return [...paths].filter((path) => isFactor(path) && varies(observations, path)).sort();
}

/** Whether there are two values of a path. Most of those that vary do so within the first few runs. */
function varies(observations: readonly Pick<Observation, 'params'>[], path: string): boolean {
  const first = new Set([own(observations[0]?.params ?? {}, path)]);
  return observations.some(({ params }) => !first.has(own(params, path)));
}

/**
 * The path that a name stands for: the path itself, or its end, or the part whose kind it is (`optimizer` for
 * `optimizer.name`).
 * @throws ConfigError naming what varies
 */
export function resolveFactor(name: string, observations: readonly Observation[]): string {
  const varying = varyingPaths(observations);
  if (varying.length === 0) throw new ConfigError('--by', NOTHING_VARIES);
  const meant = pathsMeant(name, varying);
  if (meant.length === 1) return meant[0] as string;
  const all = varying.join(', ');
  if (meant.length > 1) {
    throw new ConfigError('--by', {
      en: `"${name}" stands for ${meant.join(' and ')}. What varies: ${all}`,
      zh: `“${name}”可以指 ${meant.join('、')}。有变化的有：${all}`,
    });
  }
  const near = suggested(
    name,
    varying.flatMap((path) => [path.replace(/\.name$/, ''), path.split('.').at(-1) as string]),
  );
  throw new ConfigError('--by', {
    en: `nothing varies that is called "${name}".${near.en} What varies: ${all}`,
    zh: `没有名为“${name}”的变化项。${near.zh}有变化的有：${all}`,
  });
}

/** What is said where nothing can be compared. */
export const NOTHING_VARIES: Text = {
  en: 'these runs differ in nothing but their seeds',
  zh: '这些运行除种子外没有任何不同',
};

/** The level of an observation: its values of the factors. */
export const levelOf = ({ params }: Pick<Observation, 'params'>, by: readonly string[]): string =>
  by.map((path) => valueKey(own(params, path))).join(' + ');

/** Observations by level, in the order of the levels. */
export function byLevel(observations: readonly Observation[], by: readonly string[]): Map<string, Observation[]> {
  const levels = new Map<string, Observation[]>();
  for (const observation of observations) {
    const level = levelOf(observation, by);
    const group = levels.get(level);
    if (group) group.push(observation);
    else levels.set(level, [observation]);
  }
  const valuesOf = ([first]: readonly Observation[]) => by.map((path) => own(first?.params ?? {}, path));
  return new Map([...levels].sort(([, a], [, b]) => levelOrder(valuesOf(a), valuesOf(b))));
}

/** A field that only some kinds of a part have (`optimizer.momentum`) belongs to the factor that chooses the kind. */
export const isOfKind = (path: string, by: readonly string[], levels: Iterable<readonly Observation[]>): boolean =>
  by.some((factor) => factor.endsWith('.name') && path.startsWith(factor.slice(0, -'name'.length))) &&
  [...levels].some((group) => group.every(({ params }) => own(params, path) === undefined));

/** The paths that are not compared and yet differ from level to level. */
export function confoundsOf(observations: readonly Observation[], by: readonly string[]): string[] {
  const levels = byLevel(observations, by);
  const [first = [], ...others] = levels.values();
  return varyingPaths(observations).filter((path) => {
    if (by.includes(path) || isOfKind(path, by, levels.values())) return false;
    const values = valuesOf(first, path);
    return others.some((group) => !hasSameValues(group, path, values));
  });
}

const valuesOf = (group: readonly Observation[], path: string): Set<ParamValue | undefined> =>
  new Set(group.map(({ params }) => own(params, path)));

/** Of some paths those of which two groups have other values. */
export const differing = (a: readonly Observation[], b: readonly Observation[], paths: readonly string[]): string[] =>
  paths.filter((path) => !hasSameValues(b, path, valuesOf(a, path)));

/** Whether a group has these values of a path, each of them and no other. */
function hasSameValues(
  group: readonly Observation[],
  path: string,
  values: ReadonlySet<ParamValue | undefined>,
): boolean {
  if (group.length < values.size || group.some(({ params }) => !values.has(own(params, path)))) return false;
  return valuesOf(group, path).size === values.size;
}

/** What tells runs of one level apart. */
export interface Pairing {
  /** Of the seed and of every path that varies and is neither compared nor confounded: two of the same are a pair. */
  readonly keyOf: (observation: Observation) => string;
  /** The same without the seed. */
  readonly settingOf: (observation: Observation) => string;
}

/** What two runs must share to be a pair. */
export function pairing(
  observations: readonly Observation[],
  by: readonly string[],
  confounds: readonly string[],
): Pairing {
  const levels = byLevel(observations, by);
  const shared = varyingPaths(observations).filter(
    (path) => !by.includes(path) && !confounds.includes(path) && !isOfKind(path, by, levels.values()),
  );
  const values = ({ params }: Observation) => shared.map((path) => own(params, path) ?? null);
  return {
    keyOf: (observation) => JSON.stringify([observation.params[REPETITION], ...values(observation)]),
    settingOf: (observation) => JSON.stringify(values(observation)),
  };
}
