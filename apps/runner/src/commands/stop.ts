import { setTimeout as sleep } from 'node:timers/promises';
import { LIVE_STATUSES } from '@whorl/core';
import type { RunRecord, StopAnswer, Store } from '@whorl/store';
import { reasonOf, words } from '../messages/index.ts';
import { findTarget, inRecord } from '../record/record.ts';
import { colour } from '../terminal/colour.ts';
import { note, printJson, printLine, printTable, statusColour, statusWord } from '../terminal/output.ts';

/** How long the command waits for runs to end. A run notices a request after its current step. */
const WAIT_MS = 20_000;
const LOOK_MS = 100;

/** `whorl stop`: asks whoever trains the runs to end them, and waits until they have. */
export const stop = (targets: readonly string[], { json }: { readonly json?: boolean }): Promise<void> =>
  inRecord(async (store) => {
    const answers = await askAll(store, targets);
    const asked = (pick: (answer: StopAnswer) => readonly string[]) => [...new Set(answers.flatMap(pick))];
    const stopping = asked((answer) => answer.stopping);
    const rest = asked(({ gone, ended }) => [...gone, ...ended]).filter((id) => !stopping.includes(id));
    await untilEnded(store, stopping);
    const runs = await store.runs.getMany([...stopping, ...rest]);
    if (json) return printJson({ runs: runs.map(({ id, name, status, error }) => ({ id, name, status, error })) });
    const { heads, stop: t } = words();
    if (runs.length === 0) return printLine(t.none);
    printTable(runs, [
      { head: heads.run, cell: ({ id }) => id, style: colour.bold },
      { head: heads.name, cell: ({ name }) => name, narrow: 'cut' },
      {
        head: heads.status,
        cell: (run) => statusWord(run.status),
        style: (text, run) => statusColour(run.status)(text),
      },
      { head: '', cell: (run) => remark(run, stopping), style: colour.dim, narrow: 'wrap' },
    ]);
    if (runs.some(isLive)) note(`${colour.yellow('!')} ${t.late}`);
  });

/** Looks up every word first, so that a mistyped one stops nothing. */
async function askAll(store: Store, targets: readonly string[]): Promise<StopAnswer[]> {
  const found = [];
  for (const word of targets) found.push(await findTarget(store, 'stop', word));
  const answers: StopAnswer[] = [];
  for (const target of found) {
    answers.push(
      target.experiment
        ? await store.runs.requestStopOfExperiment(target.experiment.id, 'command line')
        : await store.runs.requestStop([target.run.id], 'command line'),
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
  const { stop: t } = words();
  if (isLive(run)) return t.stopping;
  if (stopping.includes(run.id)) return reasonOf(run) ?? t.byItself;
  return run.status === 'crashed' || run.source !== 'whorl' ? (reasonOf(run) ?? t.before) : t.before;
}
