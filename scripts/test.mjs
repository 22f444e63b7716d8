// npm test: set-up, then every check that there is. The last line is `N passed, N failed`, the true sum over lint,
// types, unused code, unit and integration tests and the end-to-end tests; a check counts as one test.

import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './setup/browser.mjs';
import { newestMlflowPython } from './setup/mlflow-client.mjs';
import { NODES, nodeOf } from './setup/nodes.mjs';
import { SetupError, say } from './setup/terminal.mjs';
import { setUp } from './setup.mjs';
import { playwrightReport, vitestReport } from './test/reports.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = path.join(root, '.setup');
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', TURBO_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1' };
const totals = { passed: 0, failed: 0, skipped: 0 };
/** What failed, by stage, with how many. @type {string[]} */
const stages = [];
/** Each test that failed, and why. @type {string[]} */
const failures = [];
/** How long each stage took. @type {string[]} */
const times = [];

/** A stage, with its time. @param {string} name @param {() => Promise<unknown>} work */
async function stage(name, work) {
  const started = Date.now();
  await work();
  times.push(`${name} ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

/**
 * Runs a tool with its output shown at once or, of one that runs beside others (`shown`: false), when it has ended; `low`
 * where it takes what the others leave of the processors.
 * @param {string} tool the name in node_modules/.bin
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, shown?: boolean, low?: boolean }} [options]
 * @returns {Promise<boolean>} whether it exited with 0
 */
function run(tool, args, { cwd = root, env: more = {}, shown = true, low = false } = {}) {
  const file = path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${tool}.cmd` : tool);
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: shown ? 'inherit' : 'pipe', cwd, env: { ...env, ...more } });
    if (low && child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += text));
    child.on('error', (error) => {
      console.error(`${tool}: ${error.message}`);
      resolve(false);
    });
    child.on('close', (code) => {
      process.stdout.write(said);
      resolve(code === 0);
    });
  });
}

/** A tool that is one test: it passes or it fails. @param {string} tool @param {string[]} args */
async function check(tool, args) {
  const ok = await run(tool, args, { shown: false, low: true });
  totals[ok ? 'passed' : 'failed'] += 1;
  if (!ok) stages.push(tool);
}

/**
 * A test runner: its report says how many; a runner that fails without a failed test in its report is one failure.
 * @param {string} label
 * @param {() => Promise<boolean>} start
 * @param {() => import('./test/reports.mjs').Counted} read
 */
async function suite(label, start, read) {
  const ok = await start();
  /** @type {import('./test/reports.mjs').Counted} */
  let counted = { passed: 0, failed: 0, skipped: 0, failures: [] };
  try {
    counted = read();
  } catch (error) {
    console.error(`${label} left no report: ${/** @type {Error} */ (error).message}`);
  }
  totals.passed += counted.passed;
  totals.skipped += counted.skipped;
  const failed = counted.failed || (ok && counted.passed > 0 ? 0 : 1);
  totals.failed += failed;
  failures.push(...counted.failures);
  if (failed > 0) stages.push(`${label} (${failed})`);
}

/** The tests of some of vitest's projects. @param {readonly string[]} projects @param {{ shown?: boolean, low?: boolean }} [options] */
function unit(projects, options) {
  const file = path.join(reports, `vitest-${projects.join('-')}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return suite(
    `vitest ${projects.join(', ')}`,
    () => run('vitest', ['run', ...projects.map((project) => `--project=${project}`), ...reporters], options),
    () => vitestReport(file, root),
  );
}

/** @param {Promise<string>} browser the executable */
function endToEnd(browser) {
  const file = path.join(reports, 'playwright.json');
  return suite(
    'playwright',
    async () => {
      try {
        const env = { WHORL_BROWSER: await browser, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
        return await run('playwright', ['test', '--reporter=list,json'], { cwd: path.join(root, 'e2e'), env });
      } catch (error) {
        if (!(error instanceof SetupError)) throw error;
        say(`\n${error.message}`);
        return false;
      }
    },
    () => playwrightReport(file),
  );
}

await stage('set-up', () => setUp('wanted'));
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

// The tests that need them wait for them, and say what is missing.
newestMlflowPython().catch(() => {});
for (const version of NODES) nodeOf(version).catch(() => {});

// What waits for nothing has what the others leave of the processors, from the first to the last: those that wait, for a
// process that is to end, for a page that is to be drawn, leave a third.
const filling = stage('checks core and formats, beside all of it', async () => {
  await Promise.all([
    check('biome', ['ci', '.']),
    check('turbo', ['run', 'types', '--only', '--output-logs=errors-only', '--ui=stream']),
    check('knip', []),
  ]);
  await unit(['core', 'compiled', 'formats'], { shown: false, low: true });
});
const browser = findBrowser();
browser.catch(() => {}); // said where it is needed

console.log(
  '\n— unit and integration: runner, store, client, web; beside it lint, types, unused code and dependencies, and core',
);
await stage('unit and integration', () => unit(['runner', 'store', 'client', 'web']));
console.log('\n— end to end, and beside it the documented commands');
await stage('end to end and commands', () => Promise.all([endToEnd(browser), unit(['commands'], { shown: false })]));
await filling;

console.log(`\n${times.join(', ')}`);
if (stages.length > 0) console.log(`failed: ${[stages.join(', '), ...failures].join('\n  ')}`);
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
process.exitCode = totals.failed === 0 ? 0 : 1;
