import { buildConfig, parseConfig, writeAssignment } from '../config/assignments.ts';
import { canonicalJson, flatten, type ParamValue } from '../config/canonical.ts';
import type { Config } from '../config/schema.ts';
import { trainingStudy } from './index.ts';

export interface Repeated {
  readonly engine: string;
  /** Whether it was asked to run op by op. */
  readonly eager?: boolean;
  /** The experiment to record it in; left out: the study's own. */
  readonly experiment?: string | undefined;
}

/**
 * The shell command that trains exactly this config again.
 * @throws ConfigError where this version does not know the study or the config
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

/** A word, quoted for a shell where needed. */
export const quoted = (word: string): string =>
  /^[\w.=+:/,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/**
 * The assignments that turn the study's defaults into this config. Candidates are checked against the whole config: a
 * value that equals the default of another kind (`data.noise`, an angle there and a distance here) is not the default
 * here.
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

/** The value of the leaf at a path; a list is one leaf. */
export const leafAt = (config: Config, path: string): unknown =>
  path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], config);

/** The config that `values` make of the defaults, as canonical JSON; null where it is not valid. */
function builds(defaults: Config, values: Readonly<Record<string, unknown>>): string | null {
  try {
    return canonicalJson(buildConfig(defaults, values));
  } catch {
    return null; // a value that the config needs was left out
  }
}
