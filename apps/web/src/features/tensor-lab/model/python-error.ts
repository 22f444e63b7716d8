import { sameText, type Text } from '@whorl/core';

/** An error as Python and PyTorch say it, and what to do. */
export class PythonError extends Error {
  /** As Python names it: `RuntimeError`. */
  readonly type: string;
  readonly hint: Text | null;

  constructor(type: string, message: string, hint: Text | string | null = null) {
    super(message);
    this.type = type;
    this.hint = typeof hint === 'string' ? sameText(hint) : hint;
  }
}

/** What this page cannot do although PyTorch can. */
export const notHere = (what: string): PythonError =>
  new PythonError('NotImplementedError', `${what} is not on this page`, {
    en: 'PyTorch can do more than these cells: run the line there.',
    zh: 'PyTorch 能做的比这些单元格多：请在那里运行这一行。',
  });
