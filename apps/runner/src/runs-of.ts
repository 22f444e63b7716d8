import { ConfigError, suggestion } from '@whorl/core';
import type { RunRecord, Store } from '@whorl/store';

/**
 * The runs that the words of a command stand for, each once, oldest first: levels stand in the order in which they were run.
 * @throws ConfigError for a word that names neither a run nor an experiment
 */
export async function runsOf(store: Store, command: string, targets: readonly string[]): Promise<RunRecord[]> {
  const runs = new Map<string, RunRecord>();
  for (const target of targets) {
    const experiment = await store.experiments.find(target);
    const [run] = experiment ? [] : await store.runs.getMany([target]);
    if (!experiment && !run) throw await unknownTarget(store, command, target);
    for (const found of experiment ? await store.runs.all(experiment.id) : run ? [run] : []) runs.set(found.id, found);
  }
  return [...runs.values()].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
}

/** What is said of a word that names neither a run nor an experiment. */
export async function unknownTarget(store: Store, command: string, word: string): Promise<ConfigError> {
  const known = suggestion(word, await store.experiments.names());
  return new ConfigError(command, `no run or experiment "${word}".${known} whorl ls lists the experiments`);
}
