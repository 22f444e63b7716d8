'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import { Modal } from '#src/components/ui/modal.tsx';
import { PageLink } from '#src/components/ui/page-link.tsx';
import { StatusMark } from '#src/components/ui/status-mark.tsx';
import { useFormat } from '#src/i18n/use-format.ts';
import type { Run } from '#src/server/schemas.ts';
import { lastOf } from './metric-keys.ts';

interface Props {
  readonly run: Pick<Run, 'id' | 'name' | 'experimentId'>;
}

/** Chooses runs of the same experiment to set beside this one. */
export function CompareWith({ run }: Props) {
  const t = useTranslations('compareWith');
  const [open, setOpen] = useState(false);
  const { compareHref } = useReach();
  if (!compareHref) return null;
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {t('button')}
      </button>
      <Modal open={open} onOpenChange={setOpen} title={t('title')} description={t('body')} wide>
        <Choice run={run} compareHref={compareHref} />
      </Modal>
    </>
  );
}

const MOST = 200;

function Choice({ run, compareHref }: Props & { readonly compareHref: (runIds: readonly string[]) => string }) {
  const t = useTranslations('compareWith');
  const trpc = useTRPC();
  const { metric, metricName } = useFormat();
  const id = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const list = useQuery(trpc.runs.list.queryOptions({ experimentId: run.experimentId, limit: MOST }));
  const wanted = text.trim().toLowerCase();
  const others = list.data?.items.filter(
    (item) => item.id !== run.id && (chosen.includes(item.id) || item.name.toLowerCase().includes(wanted)),
  );
  const toggle = (runId: string) =>
    setChosen(chosen.includes(runId) ? chosen.filter((item) => item !== runId) : [...chosen, runId]);
  const resultOf = (item: Run) => {
    const key = (['accuracy', 'loss'] as const).find((name) => lastOf(item, name) !== undefined);
    return key ? `${metricName(key)} ${metric(lastOf(item, key) ?? Number.NaN)}` : '';
  };
  return (
    <>
      <label htmlFor={id} className="mt-4 mb-1 block text-small">
        {t('search')}
      </label>
      <input
        id={id}
        type="search"
        className="field w-full"
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="mt-2 h-72 overflow-y-auto border-b border-line" aria-label={t('runs')}>
        {others?.map((item) => (
          <li key={item.id} className="border-b border-line last:border-0">
            <label className="flex min-h-10 cursor-pointer items-center gap-3 px-1 text-small hover:bg-sunk">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-accent"
                checked={chosen.includes(item.id)}
                onChange={() => toggle(item.id)}
              />
              <span className="min-w-0 flex-1 truncate" title={item.name}>
                <bdi>{item.name}</bdi>
              </span>
              <span className="hidden whitespace-nowrap text-muted sm:inline">{resultOf(item)}</span>
              <StatusMark status={item.status} />
            </label>
          </li>
        ))}
      </ul>
      <p className="mt-2 min-h-5 text-small text-muted" role="status">
        {list.isPending
          ? t('reading')
          : list.isError
            ? t('failed')
            : others?.length === 0
              ? t('none')
              : list.data?.nextCursor
                ? t('newest', { count: MOST })
                : ''}
      </p>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        {chosen.length > 0 ? (
          <PageLink className="button button-primary" href={compareHref([run.id, ...chosen])}>
            {t('go', { count: chosen.length + 1 })}
          </PageLink>
        ) : (
          <button type="button" className="button button-primary" disabled>
            {t('go', { count: 1 })}
          </button>
        )}
      </div>
    </>
  );
}
