/** The state of the code that a run used. */
export interface CodeState {
  readonly commit: string;
  /** Whether something was not committed; null where it is unknown. */
  readonly dirty: boolean | null;
  readonly branch: string | null;
}

/** Where a run was trained and from what, whoever said so. */
export interface PlaceFacts {
  /** `none` where it is known that there is no repository, null where nothing is known. */
  readonly git: CodeState | 'none' | null;
  readonly script: string | null;
  readonly command: string | null;
  readonly user: string | null;
  readonly host: string | null;
  readonly os: string | null;
  /** What of the environment is said by these: the rest is shown as it came. */
  readonly said: ReadonlySet<string>;
}

type Values = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function codeOf({ git, commit }: Values, tags: Values): CodeState | 'none' | null {
  const branch = textOf(tags['mlflow.source.git.branch']);
  if (git !== null && typeof git === 'object') {
    const { commit: known, dirty } = git as Values;
    const hash = textOf(known);
    if (hash !== null) return { commit: hash, dirty: typeof dirty === 'boolean' ? dirty : null, branch };
  }
  const hash = textOf(commit) ?? textOf(tags['mlflow.source.git.commit']);
  if (hash !== null) return { commit: hash, dirty: null, branch };
  return git === null ? 'none' : null;
}

/**
 * Where a run was trained, from its environment and, where that is silent, from the tags that MLflow's client sets. Programs
 * can note anything: what is no text is left to the rest.
 */
export function placeFacts(environment: Values, tags: Values): PlaceFacts {
  const said = new Set<string>();
  const text = (key: string, ...others: readonly (string | null)[]): string | null => {
    const own = textOf(environment[key]);
    if (own !== null) said.add(key);
    return own ?? others.find((other) => other !== null) ?? null;
  };
  const git = codeOf(environment, tags);
  if (git !== null && (git === 'none' || textOf((environment.git as Values | null | undefined)?.commit) !== null)) {
    said.add('git');
  }
  if (git !== null && git !== 'none' && environment.commit === git.commit) said.add('commit');
  const script = text('script', textOf(tags['mlflow.source.name']));
  const command = text('command');
  const user = text('user', textOf(tags['mlflow.user']));
  const os = text('os') ?? text('platform');
  return { git, script, command, user, host: text('host'), os, said };
}
