import { createInterface } from 'node:readline';
import { words } from '../messages/index.ts';

/** Whether somebody is there who can be asked. */
export const canAsk = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/** Asks on stderr for a yes; anything else, an end of the input and Ctrl-C are a no. */
export async function isConfirmed(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<boolean>((resolve) => {
      lines.on('close', () => resolve(false));
      lines.question(`${question} `, (answer) => resolve(words().ask.yes.includes(answer.trim().toLowerCase())));
    });
  } finally {
    lines.close();
  }
}
