import { autoEngines, type EngineChoice, type EngineName } from '@whorl/core';
import type { Task, WorkerSettings } from './messages.ts';

/** What all workers of a command have in common. */
export interface TrainingSettings extends Omit<WorkerSettings, 'engines'> {
  readonly engine: EngineChoice;
}

/** Where set-up can make the native engine: elsewhere nobody waits for it or is told that it is missing. */
export const NATIVE_PLATFORMS: readonly string[] = ['linux-x64'];

const canHaveNative = NATIVE_PLATFORMS.includes(`${process.platform}-${process.arch}`);

/** Which engines train a task: those asked for, or the fastest for all tasks of its experiment. */
export function engineChooser(
  tasks: readonly Task[],
  { engine, eager }: TrainingSettings,
): (task: Task) => readonly EngineName[] {
  if (engine !== 'auto') {
    const asked = [engine];
    return () => asked;
  }
  const chosen = new Map<string, readonly EngineName[]>();
  return ({ experimentId }) => {
    const known = chosen.get(experimentId);
    if (known) return known;
    const together = tasks.filter((task) => task.experimentId === experimentId);
    const fastest = autoEngines(
      together.map(({ config }) => config),
      eager,
    );
    const engines = fastest.filter((name) => name !== 'native' || canHaveNative);
    chosen.set(experimentId, engines);
    return engines;
  };
}
