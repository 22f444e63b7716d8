'use client';

import { keepPreviousData, useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Best } from '#src/contract/best.ts';
import type { Experiment } from '#src/contract/schemas.ts';
import type { SparklineData } from '#src/contract/sparkline.ts';
import { DeleteArchived } from '#src/features/deletion/delete-archived.tsx';
import { LiveMark } from '#src/live/live-mark.tsx';
import { useConnection, useFollow } from '#src/live/live-provider.tsx';
import { Command } from '#src/ui/command.tsx';
import { BadView } from '#src/view/bad-view.tsx';
import { useView } from '#src/view/use-view.ts';
import { ExperimentList } from './experiment-list.tsx';
import { EXPERIMENTS_PAGE, EXPERIMENTS_VIEW } from './model/experiments-fields.ts';
import { LogLink } from './views/log-link.tsx';
import { NewExperiment, type StudyChoice } from './views/new-experiment.tsx';

/** A search starts after this long without a key. */
const TYPING_MS = 200;

interface Props {
  /** The first page as the server read it, for the view in the address. */
  readonly first: { readonly items: Experiment[]; readonly nextCursor: string | null };
  readonly readAt: number;
  readonly studies: readonly StudyChoice[];
}

/** The experiments, the one with the latest activity first. They can be searched, created and archived, and are followed. */
export function ExperimentsView({ first, readAt, studies }: Props) {
  const t = useTranslations('experiments');
  const trpc = useTRPC();
  const { view, change, bad } = useView(EXPERIMENTS_VIEW);
  const [initial] = useState(view);
  const asRead = view.text === initial.text && view.archived === initial.archived;
  const list = useInfiniteQuery(
    trpc.experiments.list.infiniteQueryOptions(
      { text: view.text, archived: view.archived, limit: EXPERIMENTS_PAGE },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
        placeholderData: keepPreviousData,
        ...(asRead ? { initialData: { pages: [first], pageParams: [null] }, initialDataUpdatedAt: readAt } : {}),
      },
    ),
  );
  const experiments = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  useFollow({ since: readAt, list: true });
  const isLost = useConnection() === 'broken' || list.isError;
  const latest = useMemo(() => experiments.filter(({ runs }) => runs > 0).map(({ id }) => id), [experiments]);
  const curves = useSparklines(latest);
  const best = useBest(latest);
  const search = useCallback((text: string) => change({ text }), [change]);
  const untouched = view.text === '' && !view.archived;
  if (untouched && list.isSuccess && experiments.length === 0)
    return <Beginning studies={studies} onArchived={() => change({ archived: true }, 'push')} />;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4">
        <h1 className="text-display font-semibold">{view.archived ? t('archivedTitle') : t('title')}</h1>
        <div className="flex flex-wrap items-center gap-2">
          <Search text={view.text} onSearch={search} />
          <button type="button" className="button" onClick={() => change({ archived: !view.archived }, 'push')}>
            {view.archived ? t('showActive') : t('showArchived')}
          </button>
          {view.archived && <DeleteArchived onDeleted={() => void list.refetch()} />}
          <NewExperiment studies={studies} />
        </div>
      </div>
      <BadView bad={bad} />
      {/* Always there, so that nothing moves when the connection is lost. */}
      <div className="h-6">{isLost && <LiveMark connection="broken" training={false} />}</div>
      {experiments.length === 0 && !list.isPending ? (
        <p className="mt-6 max-w-[42rem] break-words text-muted" role="status">
          {view.text === '' ? t('noneArchived') : t('noneFound', { text: view.text })}
        </p>
      ) : (
        <ExperimentList experiments={experiments} sparklines={curves} best={best} readAt={readAt} />
      )}
      {list.hasNextPage && (
        <p className="mt-6">
          <button
            type="button"
            className="button"
            disabled={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('older')}
          </button>
        </p>
      )}
    </>
  );
}

/** The curve of each experiment, read a hundred at a time. */
function useSparklines(experimentIds: readonly string[]): ReadonlyMap<string, SparklineData> {
  const trpc = useTRPC();
  const answers = useQueries({
    queries: batches(experimentIds).map((part) =>
      trpc.sparklines.list.queryOptions({ experimentIds: part }, { placeholderData: keepPreviousData }),
    ),
    combine: together<SparklineData>,
  });
  return useMemo(() => new Map(answers.map((item) => [item.experimentId, item])), [answers]);
}

/** How many the server accepts in one request. */
const MOST_SPARKLINES = 100;
const together = <T,>(answers: readonly { readonly data: T[] | undefined }[]): T[] =>
  answers.flatMap(({ data = [] }) => data);

/** The best configuration of each experiment. It is read again only when a run has ended. */
function useBest(experimentIds: readonly string[]): ReadonlyMap<string, Best> {
  const trpc = useTRPC();
  const answers = useQueries({
    queries: batches(experimentIds).map((part) =>
      trpc.experiments.best.queryOptions(
        { experimentIds: part },
        { placeholderData: keepPreviousData, staleTime: Number.POSITIVE_INFINITY },
      ),
    ),
    combine: together<Best & { readonly experimentId: string }>,
  });
  return useMemo(() => new Map(answers.map((item) => [item.experimentId, item])), [answers]);
}

const batches = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / MOST_SPARKLINES) }, (_, i) =>
    ids.slice(i * MOST_SPARKLINES, (i + 1) * MOST_SPARKLINES),
  );

/** The search field. The address follows when typing pauses. */
function Search({ text, onSearch }: { readonly text: string; readonly onSearch: (text: string) => void }) {
  const t = useTranslations('experiments');
  const id = useId();
  const [draft, setDraft] = useState(text);
  // What this field wrote to the address comes back as `text`. Any other text came from a link or the back button.
  const written = useRef([text]);
  useEffect(() => {
    const at = written.current.indexOf(text);
    if (at < 0) setDraft(text);
    written.current = at < 0 ? [text] : written.current.slice(at);
  }, [text]);
  useEffect(() => {
    if (draft === written.current.at(-1)) return;
    const timer = setTimeout(() => {
      written.current.push(draft);
      onSearch(draft);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [draft, onSearch]);
  return (
    <div className="w-full sm:w-auto">
      <label htmlFor={id} className="sr-only">
        {t('search')}
      </label>
      <input
        id={id}
        type="search"
        data-search=""
        aria-keyshortcuts="/"
        className="field w-full sm:w-56"
        placeholder={t('search')}
        maxLength={200}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
      />
    </div>
  );
}

interface BeginningProps {
  readonly studies: readonly StudyChoice[];
  readonly onArchived: () => void;
}

/** Shown for a record without experiments: how to get the first one. */
function Beginning({ studies, onArchived }: BeginningProps) {
  const t = useTranslations('experiments');
  return (
    <div className="max-w-[42rem] py-12">
      <h1 className="text-display font-semibold">{t('emptyTitle')}</h1>
      <p className="mt-4 mb-3">{t('emptyBody')}</p>
      <Command text="npx whorl run spiral" />
      <p className="mt-3 text-small text-muted">{t('emptyNote')}</p>
      <p className="mt-6">
        <LogLink />
      </p>
      <div className="mt-8 flex flex-wrap items-center gap-4">
        <NewExperiment studies={studies} />
        <button type="button" className="link text-small" onClick={onArchived}>
          {t('showArchived')}
        </button>
      </div>
    </div>
  );
}
