'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Shared } from '#src/contract/share.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { Command } from '#src/ui/command.tsx';
import { CopyButton } from '#src/ui/copy-button.tsx';
import { Modal } from '#src/ui/modal.tsx';

const DEFAULT_DAYS = '30';
const MOST_DAYS = 3650;

/** Parameters that say what is compared. The link itself determines that. */
const COMPARED = ['runs', 'experiment', 'set', 'q', 'archived'];

/** The state of the page's view as a part of the link, so that whoever opens it sees the same. */
function viewOfPage(of: Shared): string {
  const search = new URLSearchParams(location.search);
  if ('comparison' in of) for (const name of COMPARED) search.delete(name);
  const text = search.toString();
  return text && `?${text}`;
}

interface Props {
  readonly of: Shared;
}

/** Creates links to an experiment, a run or a comparison, and revokes them. */
export function ShareDialog({ of }: Props) {
  const kind = 'experimentId' in of ? 'experiment' : 'runId' in of ? 'run' : 'comparison';
  const t = useTranslations('share');
  const app = useTranslations('app');
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('button')}
      </button>
      <Modal open={open} onOpenChange={setOpen} title={t(`title.${kind}`)} description={t(`body.${kind}`)}>
        <Reach />
        <NewLink of={of} />
        <OpenLinks of={of} />
        <div className="mt-6 flex justify-end">
          <button type="button" className="button" onClick={() => setOpen(false)}>
            {app('close')}
          </button>
        </div>
      </Modal>
    </>
  );
}

/** Says who can open a link, so that nobody sends one that opens only on this computer. */
function Reach() {
  const t = useTranslations('share');
  const trpc = useTRPC();
  const { data } = useQuery(trpc.shares.reach.queryOptions());
  const host = data?.origin && new URL(data.origin).host;
  return (
    <div className="mt-4 min-h-24 text-small" data-reach={data ? (data.wide ? 'network' : 'computer') : ''}>
      {data && host && data.wide && <p>{t('wide', { host })}</p>}
      {data && !data.wide && (
        <>
          <p className="font-medium text-caution">{t('narrow')}</p>
          <p className="mt-1 mb-2">{t('widen')}</p>
          <Command text={data.command} />
        </>
      )}
    </div>
  );
}

function NewLink({ of }: Props) {
  const t = useTranslations('share');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const daysId = useId();
  const linkId = useId();
  const [days, setDays] = useState(DEFAULT_DAYS);
  const create = useMutation(
    trpc.shares.create.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.shares.list.queryKey({ of }) }),
    }),
  );
  const number = Number(days);
  const valid = days.trim() !== '' && number >= 1 && number <= MOST_DAYS;
  const link = create.data && `${create.data.origin ?? location.origin}${create.data.path}${viewOfPage(of)}`;
  return (
    <>
      <form
        className="mt-6 flex flex-wrap items-end gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (valid) create.mutate({ of, days: number });
        }}
      >
        <div>
          <label htmlFor={daysId} className="mb-1 block text-small">
            {t('days')}
          </label>
          <input
            id={daysId}
            className="field w-28"
            inputMode="numeric"
            value={days}
            aria-invalid={!valid}
            onChange={(event) => setDays(event.target.value)}
          />
        </div>
        <button type="submit" className="button button-primary" disabled={!valid || create.isPending}>
          {create.isPending ? t('creating') : t('create')}
        </button>
      </form>
      <div aria-live="polite">
        {!valid && <p className="mt-2 text-small text-caution">{t('badDays')}</p>}
        {create.isError && (
          <p className="mt-2 text-small text-alarm">{t('failed', { message: create.error.message })}</p>
        )}
        {link && (
          <div className="mt-4">
            <label htmlFor={linkId} className="mb-1 block text-small">
              {t('once')}
            </label>
            <div className="flex gap-2">
              <input
                id={linkId}
                className="field min-w-0 flex-1 font-mono"
                readOnly
                value={link}
                onFocus={(event) => event.target.select()}
              />
              <CopyButton key={link} text={link} primary />
            </div>
          </div>
        )}
      </div>
    </>
  );
}

function OpenLinks({ of }: Props) {
  const t = useTranslations('share');
  const { moment } = useFormat();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data } = useQuery(trpc.shares.list.queryOptions({ of }, { staleTime: 0 }));
  const revoke = useMutation(
    trpc.shares.revoke.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.shares.list.queryKey({ of }) }),
    }),
  );
  return (
    <section className="mt-6" aria-label={t('open')}>
      <h3 className="text-small font-medium">{t('open')}</h3>
      {data?.length === 0 && <p className="mt-1 text-small text-muted">{t('none')}</p>}
      <ul className="mt-1">
        {data?.map(({ id, expiresAt }) => (
          <li
            key={id}
            className="flex items-center justify-between gap-4 border-b border-line py-2 text-small last:border-0"
          >
            <span>{t('expires', { date: moment(expiresAt) })}</span>
            <button
              type="button"
              className="button"
              disabled={revoke.isPending}
              aria-label={t('revokeOne', { date: moment(expiresAt) })}
              onClick={() => revoke.mutate({ shareId: id })}
            >
              {t('revoke')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
