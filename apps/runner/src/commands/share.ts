import { ConfigError } from '@whorl/core';
import { DEFAULT_SHARE_DAYS, openStore, type ShareRecord } from '@whorl/store';
import { colour } from '../colour.ts';
import { serverAddress } from '../links.ts';
import { note, printJson, printLine, table, when } from '../output.ts';
import { readSettings } from '../settings.ts';

export interface ShareOptions {
  readonly days?: string;
  readonly list?: boolean;
  readonly revoke?: string;
  readonly json?: boolean;
}

/** `whorl share`: makes a read-only link to an experiment; lists or closes such links. */
export async function share(experiment: string | undefined, options: ShareOptions): Promise<void> {
  const days = options.days === undefined ? DEFAULT_SHARE_DAYS : Number(options.days);
  if (!Number.isFinite(days)) throw new ConfigError('--days', `expected a number of days, got "${options.days}"`);
  if (!experiment && !options.list && options.revoke === undefined) {
    throw new ConfigError('', 'expected an experiment to share (whorl ls lists them), --list or --revoke <id>');
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
    const target = experiment === undefined ? undefined : await store.experiments.get(experiment);
    if (options.list) return printShares(await store.shares.list(target?.id), options.json ?? false);
    if (!target) return;
    const { token, share } = await store.shares.create({ kind: 'experiment', experimentId: target.id }, days);
    const address = serverAddress(settings.home);
    const url = `${address.shareUrl}/s/${token}`;
    if (options.json)
      return printJson({
        share: { id: share.id, url, kind: share.kind, experimentId: target.id, expiresAt: share.expiresAt },
      });
    printLine(url);
    note(
      colour.dim(
        `shows "${target.name}" and nothing else, read-only, until ${when(share.expiresAt)}; kept nowhere: copy it now`,
      ),
    );
    note(colour.dim(`close it: whorl share --revoke ${share.id}`));
    if (!address.running) note(colour.dim('the link answers while whorl serve runs'));
  } finally {
    await store.close();
  }
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
