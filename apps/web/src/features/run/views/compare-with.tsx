'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { formatField, formatLiteral, MAIN_METRICS } from '@whorl/core';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Run, Status } from '#src/contract/schemas.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { CutName } from '#src/ui/cut-name.tsx';
import { Modal } from '#src/ui/modal.tsx';
import { PageLink } from '#src/ui/page-link.tsx';
import { StatusMark } from '#src/ui/status-mark.tsx';

interface Props {
  readonly run: Pick<Run, 'id' | 'name' | 'experimentId'>;
}

/** Chooses runs of the same experiment to compare with this one. */
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
const FIELDS = ['name', 'status', ...MAIN_METRICS.map((key) => formatField({ kind: 'metric', key, part: 'last' }))];

interface Other {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  /** Its main metrics that have a value, the most important first. */
  readonly results: readonly (readonly [key: string, value: number])[];
}

/** The newest runs whose name contains the text. An experiment may have more runs than a list can hold. */
function useOthers(experimentId: string, text: string) {
  const trpc = useTRPC();
  const query = text === '' ? '' : `name like ${formatLiteral(`%${text}%`)}`;
  const answer = useQuery(
    trpc.runs.table.queryOptions(
      { target: { experimentId, query }, fields: FIELDS, limit: MOST },
      { placeholderData: keepPreviousData },
    ),
  );
  const { data } = answer;
  const found = useMemo(() => {
    const [names = [], statuses = [], ...results] = data?.columns ?? [];
    return data?.ids.map(
      (id, row): Other => ({
        id,
        name: String(names[row] ?? ''),
        status: statuses[row] as Status,
        results: MAIN_METRICS.flatMap((key, i) => {
          const value = results[i]?.[row];
          return typeof value === 'number' ? [[key, value] as const] : [];
        }),
      }),
    );
  }, [data]);
  return { ...answer, found };
}

function Choice({ run, compareHref }: Props & { readonly compareHref: (runIds: readonly string[]) => string }) {
  const t = useTranslations('compareWith');
  const { metric, metricName } = useFormat();
  const id = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<readonly Other[]>([]);
  const { data, found, isPending, isError } = useOthers(run.experimentId, useDeferredValue(text.trim()));
  const isChosen = ({ id }: Other) => chosen.some((item) => item.id === id);
  const others = found && [
    ...chosen.filter(({ id }) => !found.some((item) => item.id === id)),
    ...found.filter((item) => item.id !== run.id),
  ];
  const toggle = (other: Other) =>
    setChosen(isChosen(other) ? chosen.filter((item) => item.id !== other.id) : [...chosen, other]);
  const resultOf = (item: Other) => {
    const [result] = item.results;
    return result ? `${metricName(result[0])} ${metric(result[1])}` : '';
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
                checked={isChosen(item)}
                onChange={() => toggle(item)}
              />
              <span className="min-w-0 flex-1 truncate" title={item.name}>
                <bdi>
                  <CutName text={item.name} most={48} />
                </bdi>
              </span>
              <span className="hidden whitespace-nowrap text-muted sm:inline">{resultOf(item)}</span>
              <StatusMark status={item.status} />
            </label>
          </li>
        ))}
      </ul>
      <p className="mt-2 min-h-5 text-small text-muted" role="status">
        {isPending
          ? t('reading')
          : isError
            ? t('failed')
            : others?.length === 0
              ? t('none')
              : (data?.total ?? 0) > MOST
                ? t('newest', { count: MOST, total: data?.total ?? 0 })
                : ''}
      </p>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        {chosen.length > 0 ? (
          <PageLink className="button button-primary" href={compareHref([run.id, ...chosen.map((item) => item.id)])}>
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
