import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** What is fetched is there by then, or will not be. */
export const FETCHING_MS = 400_000;

/**
 * Makes a folder of the cache, once a machine. A second process that finds it half made waits for it.
 * @param {string} place
 * @param {() => Promise<unknown>} make
 * @throws what `make` does
 */
export async function madeOnce(place, make) {
  const whole = path.join(place, 'whole');
  if (existsSync(whole)) return;
  mkdirSync(path.dirname(place), { recursive: true });
  const lock = `${place}.lock`;
  try {
    mkdirSync(lock);
  } catch {
    const until = Date.now() + FETCHING_MS;
    while (existsSync(lock) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 500));
    if (existsSync(whole)) return;
    throw new Error(`${lock} is left of a set-up that did not end: delete it, and try again`);
  }
  try {
    rmSync(place, { recursive: true, force: true });
    await make();
    mkdirSync(whole);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
