import { ConfigError } from '@whorl/core';
import type { DeletionLoss, DeletionTarget, RunRecord, Store } from '@whorl/store';
import { words } from '../messages/index.ts';
import { findTarget, getRun, inRecord } from '../record/record.ts';
import { canAsk, isConfirmed } from '../terminal/ask.ts';
import { bytes, note, printJson, printLine, printSentences } from '../terminal/output.ts';

export interface RmOptions {
  readonly archived?: string;
  readonly file?: readonly string[];
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** What is to go: experiments and runs, and what they are called. */
interface Named {
  readonly target: Required<DeletionTarget>;
  readonly names: readonly string[];
}

const DAY_MS = 24 * 3600 * 1000;

/** `whorl rm`: deletes runs, experiments or files of a run for good, after saying what goes and asking. */
export async function rm(targets: readonly string[], options: RmOptions): Promise<void> {
  const { rm: t } = words();
  const { archived, file: names, yes = false, json = false } = options;
  if (targets.length === 0 && archived === undefined) throw new ConfigError('', t.nothing);
  if (targets.length > 0 && archived !== undefined) throw new ConfigError('--archived', t.archivedAlone);
  if (json && !yes) throw new ConfigError('--json', t.jsonNeedsYes);
  await inRecord(async (store) => {
    if (names) return removeFiles(store, targets, names, { yes, json });
    const named = archived === undefined ? await namedBy(store, targets) : ofArchived(store, archived);
    await removeAll(store, named, { yes, json });
  });
}

async function removeAll(
  store: Store,
  { target, names }: Named,
  { yes, json }: Required<Pick<RmOptions, 'yes' | 'json'>>,
) {
  const { rm: t } = words();
  const loss = store.deletions.preview(target);
  if (loss.experiments + loss.runs === 0) {
    return json ? printJson({ deleted: documentOf(target, loss) }) : printLine(t.none);
  }
  if (loss.live.length === 0 && !json) printLoss(names, loss);
  // Of what has not ended the record itself says what to do first.
  if (loss.live.length === 0 && !yes && !(await mayDelete())) return;
  await store.deletions.delete(target, loss.sign);
  if (json) return printJson({ deleted: documentOf(target, loss) });
  printSentences(t.deleted(loss.runs, bytes(loss.bytes)));
}

/** @throws ConfigError where nobody can be asked */
async function mayDelete(): Promise<boolean> {
  const { rm: t } = words();
  if (!canAsk()) throw new ConfigError('', t.needsYes);
  const isAgreed = await isConfirmed(t.ask);
  if (!isAgreed) note(t.kept);
  return isAgreed;
}

const documentOf = ({ experimentIds, runIds }: Required<DeletionTarget>, loss: DeletionLoss) => {
  const { runs, points, files, bytes: size, models, views, shares, narrowedShares } = loss;
  return { experimentIds, runIds, runs, points, files, bytes: size, models, views, shares, narrowedShares };
};

/** Looks up every word first, so that a mistyped one deletes nothing. */
async function namedBy(store: Store, targets: readonly string[]): Promise<Named> {
  const { rm: t } = words();
  const [experimentIds, runIds, names] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const word of targets) {
    const found = await findTarget(store, 'rm', word);
    if (found.experiment) experimentIds.add(found.experiment.id);
    else runIds.add(found.run.id);
    names.add(found.experiment ? t.experiment(found.experiment.name) : t.run(found.run.name));
  }
  return { target: { experimentIds: [...experimentIds], runIds: [...runIds] }, names: [...names] };
}

function ofArchived(store: Store, text: string): Named {
  const { rm: t } = words();
  const days = Number(text);
  if (text.trim() === '' || !(days >= 0 && Number.isFinite(days))) throw new ConfigError('--archived', t.days(text));
  const target = store.deletions.archivedBefore(new Date(Date.now() - days * DAY_MS));
  return { target, names: [t.archived(target.experimentIds.length, target.runIds.length, days)] };
}

const MOST_NAMES = 10;

function printLoss(names: readonly string[], loss: DeletionLoss): void {
  const { rm: t } = words();
  const more = names.length - MOST_NAMES;
  const lines = [
    ...names.slice(0, MOST_NAMES),
    ...(more > 0 ? [t.more(more)] : []),
    t.loss(loss, bytes(loss.bytes)),
    ...(loss.shares > 0 ? [t.closes(loss.shares)] : []),
    ...(loss.narrowedShares > 0 ? [t.narrows(loss.narrowedShares)] : []),
  ];
  printSentences(t.title);
  for (const line of lines) printSentences(`  ${line}`);
}

async function removeFiles(
  store: Store,
  targets: readonly string[],
  names: readonly string[],
  { yes, json }: Required<Pick<RmOptions, 'yes' | 'json'>>,
): Promise<void> {
  const { rm: t } = words();
  const [word] = targets;
  if (word === undefined || targets.length > 1) throw new ConfigError('--file', t.oneRun);
  const run = await getRun(store, word);
  const files = await filesOf(store, run, names);
  const size = bytes(files.reduce((sum, file) => sum + file.size, 0));
  if (!json) printLine(t.filesOf(files.length, run.name, size));
  if (!yes && !(await mayDelete())) return;
  const removed = await store.artifacts.remove(run.id, [...new Set(files.map(({ name }) => name))]);
  if (json) return printJson({ deleted: { runId: run.id, files: removed } });
  printLine(t.filesDeleted(removed));
}

/** The files of these names, as the run's page lists them: what programs log may be called without the folder that has it all. */
async function filesOf(store: Store, run: RunRecord, names: readonly string[]) {
  const all = await store.artifacts.list(run.id);
  return names.flatMap((name) => {
    const found = all.filter((file) => file.name === name || file.name === `files/${name}`);
    if (found.length === 0) throw new ConfigError('--file', words().rm.noFile(name, run.id));
    return found;
  });
}
