import { ConfigError } from '@whorl/core';
import { DEFAULT_SHARE_DAYS, type ShareRecord, type ShareTarget, type Store } from '@whorl/store';
import { words } from '../messages/index.ts';
import { findExperiment, inRecord, runsOf } from '../record/record.ts';
import { serverAddress } from '../serving/links.ts';
import { colour } from '../terminal/colour.ts';
import { noteSentences, printJson, printLine, printTable, when } from '../terminal/output.ts';

export interface ShareOptions {
  readonly days?: string;
  readonly list?: boolean;
  readonly revoke?: string;
  readonly json?: boolean;
}

/** `whorl share`: makes a read-only link to an experiment, a run or a comparison; lists or closes such links. */
export async function share(targets: readonly string[], options: ShareOptions): Promise<void> {
  const { share: t } = words();
  const days = options.days === undefined ? DEFAULT_SHARE_DAYS : Number(options.days);
  if (!Number.isFinite(days)) throw new ConfigError('--days', t.days(options.days ?? ''));
  if (targets.length === 0 && !options.list && options.revoke === undefined) throw new ConfigError('', t.nothing);
  await inRecord(async (store, settings) => {
    if (options.revoke !== undefined) {
      await store.shares.revoke(options.revoke);
      return options.json ? printJson({ revoked: options.revoke }) : printLine(t.closed(options.revoke));
    }
    const found = targets.length === 0 ? undefined : await find(store, targets);
    if (options.list) return printShares(store, await store.shares.list(found?.target), options.json ?? false);
    if (!found) return;
    const { target, name } = found;
    const { token, share } = await store.shares.create(target, days);
    const address = serverAddress(settings.home);
    const url = `${address.shareUrl}/s/${token}`;
    if (options.json) return printJson({ share: { id: share.id, url, ...target, expiresAt: share.expiresAt } });
    printLine(url);
    noteSentences(t.shows(name, when(share.expiresAt)));
    noteSentences(t.close(`whorl share --revoke ${share.id}`));
    if (!address.running) noteSentences(t.whileServing);
    if (isLoopback(url)) noteSentences(t.onlyHere('whorl serve --share-host 0.0.0.0'));
  });
}

/** Whether only this computer can open the address. */
const isLoopback = (url: string): boolean => /^(localhost|127\..*|\[::1\])$/.test(new URL(url).hostname);

/** What the words name: one experiment, one run, or the runs of several, to be compared. */
async function find(store: Store, targets: readonly string[]): Promise<{ target: ShareTarget; name: string }> {
  const { share: t } = words();
  const experiment = targets.length === 1 ? await findExperiment(store, targets[0] as string) : null;
  if (experiment) {
    return { target: { kind: 'experiment', experimentId: experiment.id }, name: t.experiment(experiment.name) };
  }
  const runs = await runsOf(store, 'share', targets);
  const runIds = runs.map(({ id }) => id);
  return runs.length === 1
    ? { target: { kind: 'run', runIds }, name: t.run(runs[0]?.name ?? '') }
    : { target: { kind: 'comparison', runIds }, name: t.comparison(runs.length) };
}

async function printShares(store: Store, shares: readonly ShareRecord[], json: boolean): Promise<void> {
  const { heads, share: t } = words();
  if (json) return printJson({ shares });
  const shown = new Map(await Promise.all(shares.map(async (share) => [share, await nameOf(store, share)] as const)));
  if (shares.length === 0) printLine(t.none);
  else {
    printTable(shares, [
      { head: heads.link, cell: ({ id }) => id, style: colour.bold },
      { head: heads.of, cell: (share) => shown.get(share) ?? '', narrow: 'cut', least: 20 },
      { head: heads.made, cell: ({ createdAt }) => when(createdAt), leaveOut: 1 },
      { head: heads.expires, cell: ({ expiresAt }) => when(expiresAt) },
    ]);
  }
}

/** The name of what a link shows; its id where that can no longer be read. */
async function nameOf(store: Store, share: ShareRecord): Promise<string> {
  const { share: t } = words();
  if (share.kind === 'experiment') {
    return t.experiment((await store.experiments.find(share.experimentId))?.name ?? share.experimentId);
  }
  if (share.kind === 'comparison') return t.comparison(share.runIds.length);
  const [run] = await store.runs.getMany(share.runIds);
  return t.run(run?.name ?? share.runIds.join(', '));
}
