import { repeatCommand } from '@whorl/core';
import type { RunRecord } from './run-record.ts';

/**
 * The command that repeats a run. It is made of the config when it is asked for: what was recorded is the command of
 * that version, and the experiment may have another name since.
 * @param experiment the name of its experiment; left out where that is not to be told
 */
export function commandOf(
  { config, engine, environment, command }: Pick<RunRecord, 'config' | 'engine' | 'environment' | 'command'>,
  experiment?: string,
): string {
  if (config === null || command === '') return command;
  try {
    return repeatCommand(config, { engine, eager: environment.eagerBecause === 'asked for', experiment });
  } catch {
    return command; // of a study or a kind that this version does not know
  }
}
