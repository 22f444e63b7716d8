import type { Config } from '../config/schema.ts';
import { LONGEST_NAME } from '../text/name-limit.ts';
import { repeatCommand } from './repeat-command.ts';

/** A run as it is recorded. */
export interface Recorded {
  /** Null where it cannot be read, and for runs of programs that record none. */
  readonly config: Config | null;
  readonly engine: string | null;
  readonly environment: Readonly<Record<string, unknown>>;
  /** The command as the recording version wrote it. */
  readonly command: string;
}

/**
 * The command that repeats a run, made from the config when asked for: the recorded command is that of an older
 * version, and the experiment may have been renamed.
 * @param of the name of its experiment; left out where it must not be told, or is too long to be given
 */
export function commandOf({ config, engine, environment, command }: Recorded, of?: string): string {
  if (config === null || engine === null || command === '') return command;
  const experiment = of !== undefined && of.length <= LONGEST_NAME ? of : undefined;
  try {
    return repeatCommand(config, { engine, eager: environment.eagerBecause === 'asked for', experiment });
  } catch {
    return command; // a study or a kind that this version does not know
  }
}
