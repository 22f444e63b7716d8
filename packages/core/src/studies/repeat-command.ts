import { buildConfig, parseConfig, writeAssignment } from '../config/assignments.ts';
import { canonicalJson, flatten, type ParamValue } from '../config/canonical.ts';
import type { Config } from '../config/schema.ts';
import { trainingStudy } from './index.ts';

export interface Repeated {
  readonly engine: string;
  /** Whether it was asked to run op by op. */
  readonly eager?: boolean;
  /** The experiment in which it is to be recorded; left out: the study's own. */
  readonly experiment?: string | undefined;
}

/**
 * The command that trains exactly this config again, for a shell.
 * @throws ConfigError where this version knows no such study or config
 */
export function repeatCommand(config: Config, { engine, eager = false, experiment }: Repeated): string {
  return [
    'npx whorl run',
    config.study,
    ...assignmentsOf(config).map(([path, value]) => quoted(writeAssignment(path, value))),
    `--seeds ${config.seed}`,
    ...(experiment === undefined || experiment === config.study ? [] : [`--name ${quoted(experiment)}`]),
    `--engine ${engine}`,
    ...(eager ? ['--eager'] : []),
  ].join(' ');
}

/** A word for a shell. */
export const quoted = (word: string): string =>
  /^[\w.=+:/,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/**
 * What must be said of a config on top of its study's defaults. Which of it that is only the whole config tells: a value
 * that equals the default of another kind (`data.noise`, an angle there and a distance here) is not the default here.
 */
export function assignmentsOf(config: Config): [path: string, value: ParamValue][] {
  const { defaults } = trainingStudy(config.study);
  const whole = parseConfig(config);
  const leaves = Object.entries(flatten(whole)).filter(([path]) => path !== 'study' && path !== 'seed');
  const wanted = canonicalJson({ ...whole, seed: defaults.seed });
  const needed = new Map(leaves.map(([path]) => [path, leafAt(whole, path)]));
  for (const [path] of leaves) {
    const rest = Object.fromEntries([...needed].filter(([other]) => other !== path));
    if (builds(defaults, rest) === wanted) needed.delete(path);
  }
  return leaves.filter(([path]) => needed.has(path));
}

/** The value at the path of a leaf, which a list is too. */
export const leafAt = (config: Config, path: string): unknown =>
  path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], config);

/** The config that these values make, as canonical JSON; null where they make none. */
function builds(defaults: Config, values: Readonly<Record<string, unknown>>): string | null {
  try {
    return canonicalJson(buildConfig(defaults, values));
  } catch {
    return null; // what it must have was left out
  }
}
