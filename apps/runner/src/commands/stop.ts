import { setTimeout as sleep } from 'node:timers/promises';
import { LIVE_STATUSES } from '@whorl/core';
import { openStore, type RunRecord, type StopAnswer, type Store } from '@whorl/store';
import { colour } from '../colour.ts';
import { note, printJson, printLine, status, table } from '../output.ts';
import { unknownTarget } from '../runs-of.ts';
import { readSettings } from '../settings.ts';

/** So long the command waits for runs to end: a run looks up after each step. */
const WAIT_MS = 20_000;
const LOOK_MS = 100;

/** `whorl stop`: asks whoever trains the runs to end them, and waits until they have. */
export async function stop(targets: readonly string[], { json }: { readonly json?: boolean }): Promise<void> {
  const store = await openStore(readSettings());
  try {
    const answers = await askAll(store, targets);
    const asked = (pick: (answer: StopAnswer) => readonly string[]) => [...new Set(answers.flatMap(pick))];
    const stopping = asked((answer) => answer.stopping);
    const rest = asked(({ gone, ended }) => [...gone, ...ended]).filter((id) => !stopping.includes(id));
    await untilEnded(store, stopping);
    const runs = await store.runs.getMany([...stopping, ...rest]);
    if (json) return printJson({ runs: runs.map(({ id, name, status, error }) => ({ id, name, status, error })) });
    if (runs.length === 0) return printLine('No run trains there.');
    printLine(
      table(runs, [
        { head: 'run', cell: ({ id }) => colour.bold(id) },
        { head: 'name', cell: ({ name }) => name },
        { head: 'status', cell: (run) => status(run.status) },
        { head: '', cell: (run) => colour.dim(remark(run, stopping)) },
      ]),
    );
    const late = runs.filter(isLive);
    if (late.length > 0) {
      note(`${colour.yellow('!')} a step takes long: they end after it; whorl show <run> tells when they have`);
    }
  } finally {
    await store.close();
  }
}

/** Every word is known before anything is asked. */
async function askAll(store: Store, words: readonly string[]): Promise<StopAnswer[]> {
  const found = [];
  for (const word of words) {
    const experiment = await store.experiments.find(word);
    const [run] = experiment ? [] : await store.runs.getMany([word]);
    if (!experiment && !run) throw await unknownTarget(store, 'stop', word);
    found.push({ word, experiment });
  }
  const answers: StopAnswer[] = [];
  for (const { word, experiment } of found) {
    answers.push(
      experiment
        ? await store.runs.requestStopOfExperiment(experiment.id, 'command line')
        : await store.runs.requestStop([word], 'command line'),
    );
  }
  return answers;
}

const isLive = ({ status }: Pick<RunRecord, 'status'>): boolean => LIVE_STATUSES.includes(status);

async function untilEnded(store: Store, ids: readonly string[]): Promise<void> {
  const end = performance.now() + WAIT_MS;
  while (performance.now() < end) {
    await store.runs.markCrashed();
    if (!(await store.runs.getMany(ids)).some(isLive)) return;
    await sleep(LOOK_MS);
  }
}

function remark(run: RunRecord, stopping: readonly string[]): string {
  if (isLive(run)) return 'stopping';
  if (stopping.includes(run.id)) return run.error ?? 'ended by itself before it was stopped';
  return run.status === 'crashed' ? (run.error ?? '') : 'had ended before';
}
