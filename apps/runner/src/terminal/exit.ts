import { ConfigError, WhorlError } from '@whorl/core';
import { inLanguage, words } from '../messages/index.ts';
import { colour, inColoursOf } from './colour.ts';
import { displayWidth, terminalColumns, wrap } from './layout.ts';

/** Exit codes. `interrupted` is for Ctrl-C, and for runs that were stopped from a page or another command. */
export const EXIT = { ok: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

/** A failure although the input was good: a run did not finish, or the web app ended. */
export class FailedError extends WhorlError {}

/** The exit code for an error. What the user can correct by another command counts as bad input. */
function exitCodeOf(error: unknown): number {
  const { code } = error as { code?: unknown };
  if (error instanceof FailedError || code === 'disk-full') return EXIT.failed;
  if (error instanceof ConfigError || error instanceof WhorlError) return EXIT.badInput;
  return EXIT.failed;
}

/** Prints one message for an error, with the stack only where the error is unexpected, and sets the exit code. */
export function reportError(error: unknown): void {
  const expected = error instanceof WhorlError;
  const unexpected = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const text = expected ? inLanguage(error.said) : unexpected;
  const said = expected
    ? wrap(text, terminalColumns(process.stderr) - displayWidth(words().error) - 1).join('\n')
    : text;
  process.stderr.write(inColoursOf(process.stderr, `${colour.red(words().error)} ${said}\n`));
  process.exitCode = exitCodeOf(error);
}
