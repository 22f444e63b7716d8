import { ConfigError } from '@whorl/core';
import { DEFAULT_SHARE_DAYS, openStore, type ShareRecord, type ShareTarget, type Store } from '@whorl/store';
import { colour } from '../colour.ts';
import { serverAddress } from '../links.ts';
import { note, printJson, printLine, table, when } from '../output.ts';
import { runsOf } from '../runs-of.ts';
import { readSettings } from '../settings.ts';

export interface ShareOptions {
  readonly days?: string;
  readonly list?: boolean;
  readonly revoke?: string;
  readonly json?: boolean;
}

/** `whorl share`: makes a read-only link to an experiment, a run or a comparison; lists or closes such links. */
export async function share(targets: readonly string[], options: ShareOptions): Promise<void> {
  const days = options.days === undefined ? DEFAULT_SHARE_DAYS : Number(options.days);
  if (!Number.isFinite(days)) throw new ConfigError('--days', `expected a number of days, got "${options.days}"`);
  if (targets.length === 0 && !options.list && options.revoke === undefined) {
    throw new ConfigError('', 'expected an experiment or runs to share (whorl ls lists them), --list or --revoke <id>');
  }
  const settings = readSettings();
  const store = await openStore(settings);
  try {
    if (options.revoke !== undefined) {
      await store.shares.revoke(options.revoke);
      return options.json
        ? printJson({ revoked: options.revoke })
        : printLine(`closed ${options.revoke}: its link answers 404 from now on`);
    }
    const found = targets.length === 0 ? undefined : await find(store, targets);
    if (options.list) return printShares(await store.shares.list(found?.target), options.json ?? false);
    if (!found) return;
    const { target, name } = found;
    const { token, share } = await store.shares.create(target, days);
    const address = serverAddress(settings.home);
    const url = `${address.shareUrl}/s/${token}`;
    if (options.json) return printJson({ share: { id: share.id, url, ...target, expiresAt: share.expiresAt } });
    printLine(url);
    note(
      colour.dim(
        `shows ${name} and nothing else, read-only, until ${when(share.expiresAt)}; kept nowhere: copy it now`,
      ),
    );
    note(colour.dim(`close it: whorl share --revoke ${share.id}`));
    if (!address.running) note(colour.dim('the link answers while whorl serve runs'));
  } finally {
    await store.close();
  }
}

/** What the words are: one experiment, one run, or the runs of several to compare. */
async function find(store: Store, words: readonly string[]): Promise<{ target: ShareTarget; name: string }> {
  const experiment = words.length === 1 ? await store.experiments.find(words[0] as string) : null;
  if (experiment) {
    return { target: { kind: 'experiment', experimentId: experiment.id }, name: `the experiment "${experiment.name}"` };
  }
  const runs = await runsOf(store, 'share', words);
  const runIds = runs.map(({ id }) => id);
  return runs.length === 1
    ? { target: { kind: 'run', runIds }, name: `the run "${runs[0]?.name}"` }
    : { target: { kind: 'comparison', runIds }, name: `a comparison of ${runs.length} runs` };
}

function printShares(shares: readonly ShareRecord[], json: boolean): void {
  if (json) printJson({ shares });
  else if (shares.length === 0) printLine('No link is open.');
  else {
    printLine(
      table(shares, [
        { head: 'share', cell: ({ id }) => colour.bold(id) },
        { head: 'of', cell: shown },
        { head: 'made', cell: ({ createdAt }) => when(createdAt) },
        { head: 'expires', cell: ({ expiresAt }) => when(expiresAt) },
      ]),
    );
  }
}

const shown = (share: ShareRecord): string =>
  share.kind === 'experiment' ? `experiment ${share.experimentId}` : `${share.kind} ${share.runIds.join(', ')}`;
