// What the reports of the test runners say: how many tests passed, and which did not.

import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Counted `failures`: file, test and the first lines of why */

const WIDTH = 400;
const LINES = 4;
/** What vitest has for the message of a test that took too long: the message itself is not in its report. */
const TOO_LONG = 'Error: STACK_TRACE_ERROR';

/** @param {string} file @param {readonly string[]} titles @param {string} message with the stack, or without */
function failure(file, titles, message) {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trim());
  const stack = lines.findIndex((line) => /^at .*:\d+\)?$/.test(line));
  const said = lines
    .slice(0, stack < 0 ? lines.length : stack)
    .filter(Boolean)
    .slice(0, LINES)
    .join(' / ');
  const why = said === TOO_LONG ? 'it took longer than its time limit' : said;
  const short = why.length > WIDTH ? `${why.slice(0, WIDTH)}…` : why;
  return `${file}: ${titles.join(' › ')}${short && `: ${short}`}`;
}

/** Of vitest's JSON reporter. @param {string} path @param {string} root paths are told from it @returns {Counted} */
export function vitestReport(path, root) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  /** @type {string[]} */
  const failures = [];
  for (const { name, status, message, assertionResults } of testResults) {
    const file = name.startsWith(root) ? name.slice(root.length) : name;
    const failed = assertionResults.filter((/** @type {{ status: string }} */ test) => test.status === 'failed');
    for (const { ancestorTitles, title, failureMessages } of failed)
      failures.push(failure(file, [...ancestorTitles, title], failureMessages[0] ?? ''));
    if (status === 'failed' && failed.length === 0) failures.push(failure(file, ['before any test'], message ?? ''));
  }
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests, failures };
}

/** Of Playwright's JSON reporter. @param {string} path @returns {Counted} */
export function playwrightReport(path) {
  const { stats, suites, errors } = JSON.parse(readFileSync(path, 'utf8'));
  const failures = errors.map((/** @type {{ message?: string }} */ { message }) =>
    failure('playwright', ['before any test'], message ?? ''),
  );
  /** @param {any} suite @param {readonly string[]} above */
  const walk = (suite, above) => {
    for (const { title, ok, tests } of suite.specs ?? []) {
      if (ok) continue;
      const [result] = tests.flatMap((/** @type {any} */ test) =>
        test.results.filter((/** @type {any} */ one) => one.error),
      );
      failures.push(failure(suite.file, [...above, title], result?.error.message ?? ''));
    }
    for (const inner of suite.suites ?? []) walk(inner, [...above, inner.title]);
  };
  for (const suite of suites) walk(suite, []);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped, failures };
}
