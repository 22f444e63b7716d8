import type { Text } from '@whorl/core';
import { Interpreter } from './evaluate.ts';
import { parse } from './parse.ts';
import { PythonError } from './python-error.ts';

/** What a cell gives: what each line printed, and the error that ended it. */
export interface CellResult {
  readonly printed: readonly string[];
  readonly error: { readonly line: string; readonly hint: Text | null } | null;
}

/** What is printed beyond this is cut. */
const MOST_LINES = 2_000;

/** Runs a cell: what stands alone on a line is printed, as at Python's own prompt. */
export function runCell(source: string): CellResult {
  const printed: string[] = [];
  const print = (text: string) => {
    if (printed.length < MOST_LINES) printed.push(text);
  };
  try {
    const interpreter = new Interpreter(print);
    for (const statement of parse(source)) interpreter.run(statement);
    return { printed, error: null };
  } catch (error) {
    if (error instanceof PythonError)
      return { printed, error: { line: `${error.type}: ${error.message}`, hint: error.hint } };
    if (error instanceof RangeError)
      return { printed, error: { line: 'RecursionError: maximum recursion depth exceeded', hint: null } };
    throw error;
  }
}
