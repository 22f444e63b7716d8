// One line a step: the label while it runs (with seconds on a terminal), the outcome when it ends.

import { words } from './language.mjs';

const tty = process.stderr.isTTY && !process.env.CI;

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
  const seconds = () => ((Date.now() - started) / 1000).toFixed(0);
  if (tty) process.stderr.write(`  … ${label}`);
  else say(`  … ${label}`);
  const timer = setInterval(
    () =>
      tty
        ? process.stderr.write(`\r  … ${label} ${seconds()} ${words('s', '秒')}`)
        : say(`  … ${label} ${seconds()} ${words('s', '秒')}`),
    tty ? 1000 : 15_000,
  );
  timer.unref();
  const clear = tty ? '\r\u001b[K' : '';
  try {
    const result = await work();
    process.stderr.write(`${clear}  ✓ ${label} ${((Date.now() - started) / 1000).toFixed(1)} ${words('s', '秒')}\n`);
    return result;
  } catch (error) {
    process.stderr.write(`${clear}  ✗ ${label} ${((Date.now() - started) / 1000).toFixed(1)} ${words('s', '秒')}\n`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** A failure that the person at the terminal can mend: `message` says how. Shown without a stack. */
export class SetupError extends Error {}
