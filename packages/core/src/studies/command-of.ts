import type { Config } from '../config/schema.ts';
import { LONGEST_NAME } from '../text/name-limit.ts';
import { repeatCommand } from './repeat-command.ts';

/** A run as it is recorded. */
export interface Recorded {
  /** Null where it cannot be read, and of a program that has none. */
  readonly config: Config | null;
  readonly engine: string | null;
  readonly environment: Readonly<Record<string, unknown>>;
  /** The command of the version that recorded it. */
  readonly command: string;
}

/**
 * The command that repeats a run. It is made of the config when it is asked for: what was recorded is the command of
 * that version, and the experiment may have another name since.
 * @param of the name of its experiment; left out where that is not to be told, or is longer than a name can be given
 */
export function commandOf({ config, engine, environment, command }: Recorded, of?: string): string {
  if (config === null || engine === null || command === '') return command;
  const experiment = of !== undefined && of.length <= LONGEST_NAME ? of : undefined;
  try {
    return repeatCommand(config, { engine, eager: environment.eagerBecause === 'asked for', experiment });
  } catch {
    return command; // of a study or a kind that this version does not know
  }
}
