import { openWorker } from '#src/ui/worker.ts';
import type { Stage } from '../model/driver.ts';

/** Where motion is not wanted, a picture changes this seldom, in milliseconds. */
const CALM_MS = 1_000;

const labWorker = () => new Worker(new URL('../worker/lab-worker.ts', import.meta.url), { type: 'module' });
const digitWorker = () => new Worker(new URL('../worker/digit-worker.ts', import.meta.url), { type: 'module' });

/** The browser: a worker of its own for each lab. */
const stageWith = (newWorker: () => Worker): Stage => ({
  worker: (hear, fail) => openWorker(newWorker, hear, fail),
  // A page that is not seen is not drawn, and its trainings wait.
  beforeDrawing: (then) => requestAnimationFrame(() => then()),
  gap: () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? CALM_MS : 0),
  now: () => performance.now(),
});

export const planeStage = stageWith(labWorker);
export const digitStage = stageWith(digitWorker);
