// One line a step: the label while it runs (with seconds on a terminal), the outcome when it ends. Steps that run side by
// side share the line at the bottom of the terminal.

import { words } from './language.mjs';

const tty = process.stderr.isTTY && !process.env.CI;

/** What runs, with when it started. @type {Map<string, number>} */
const running = new Map();
const CLEAR = '\r\u001b[K';

/** @param {number} started */
const secondsSince = (started) => ((Date.now() - started) / 1000).toFixed(0);

/** The steps that run as one line of a terminal, which is never broken. */
function line() {
  const name = (/** @type {string} */ label) => (running.size > 1 ? label.replace(/ ?[(（].*[)）]$/, '') : label);
  const steps = [...running].map(([label, started]) => `${name(label)} ${secondsSince(started)} ${words('s', '秒')}`);
  const most = Math.max(20, (process.stderr.columns ?? 80) - 5);
  const text = steps.join(words(', ', '，'));
  let columns = 0;
  const fitting = [...text].filter((character) => {
    columns += character > '\u1100' ? 2 : 1; // a Chinese character takes two
    return columns <= most;
  });
  return steps.length === 0 ? '' : `  … ${fitting.join('')}`;
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs `work` under a label. The label's clock ticks on a terminal; elsewhere a long step repeats its line
 * every 15 s so that nobody takes it for dead.
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  const started = Date.now();
  running.set(label, started);
  const redraw = () => process.stderr.write(`${CLEAR}${line()}`);
  if (tty) redraw();
  else say(`  … ${label}`);
  const timer = setInterval(
    () => (tty ? redraw() : say(`  … ${label} ${secondsSince(started)} ${words('s', '秒')}`)),
    tty ? 1000 : 15_000,
  );
  timer.unref();
  /** @param {string} mark */
  const end = (mark) => {
    clearInterval(timer);
    running.delete(label);
    const took = `  ${mark} ${label} ${((Date.now() - started) / 1000).toFixed(1)} ${words('s', '秒')}\n`;
    process.stderr.write(tty ? `${CLEAR}${took}${line()}` : took);
  };
  try {
    const result = await work();
    end('✓');
    return result;
  } catch (error) {
    end('✗');
    throw error;
  }
}

/** A failure that the person at the terminal can mend: `message` says how. Shown without a stack. */
export class SetupError extends Error {}
