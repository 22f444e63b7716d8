'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FieldInfo } from '@whorl/core';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import { localePath } from '#src/i18n/locales.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { PageLink } from '#src/ui/page-link.tsx';
import { useNotice } from '#src/ui/toasts.tsx';
import { type SelectedRuns, selectedRuns } from '../model/run-query.ts';
import { countOf, NOTHING, type Selection } from '../model/selection.ts';
import { MOST_IDS } from '../model/table-view.ts';
import { DeleteSelected } from './delete-selected.tsx';
import { refreshTable } from './refresh-table.ts';
import { StopSelected } from './stop-selected.tsx';
import { TagEditor } from './tag-editor.tsx';

interface Props {
  readonly base: { readonly experimentId: string; readonly query: string; readonly archived: boolean };
  readonly selection: Selection;
  /** How many runs match the query. */
  readonly total: number;
  readonly infos: readonly FieldInfo[];
  readonly onSelect: (selection: Selection) => void;
}

/** Actions for the selected runs. */
export function SelectionBar({ base, selection, total, infos, onSelect }: Props) {
  const t = useTranslations('table');
  const { whole } = useFormat();
  const notice = useNotice();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const count = countOf(selection, total);
  const target = selectedRuns(selection, base);
  const failed = ({ message }: { message: string }) => notice({ text: t('failed', { message }), alarm: true });
  const after = () => refreshTable(queries, trpc);
  const tag = useMutation(trpc.runs.setTags.mutationOptions({ onSuccess: after, onError: failed }));
  const restore = useMutation(trpc.runs.restore.mutationOptions({ onSuccess: after, onError: failed }));
  const archive = useMutation(trpc.runs.archive.mutationOptions({ onSuccess: after, onError: failed }));
  const busy = tag.isPending || restore.isPending || archive.isPending;

  const putAway = () =>
    archive.mutate(
      { target },
      {
        onSuccess: ({ runIds }) => {
          onSelect(NOTHING);
          notice({ text: t('archived', { count: runIds.length }), undo: () => restore.mutate({ target: { runIds } }) });
        },
      },
    );
  const takeBack = () =>
    restore.mutate(
      { target },
      {
        onSuccess: ({ runIds }) => {
          onSelect(NOTHING);
          notice({ text: t('restored', { count: runIds.length }), undo: () => archive.mutate({ target: { runIds } }) });
        },
      },
    );
  return (
    <fieldset className="flex min-h-8 min-w-0 flex-wrap items-center gap-2" aria-label={t('selectedRuns')}>
      <span className="mr-2 text-small" aria-live="polite">
        {t('selected', { count, text: whole(count) })}
      </span>
      <CompareButton target={target} count={count} />
      <TagEditor
        infos={infos}
        disabled={busy}
        onSet={(tags) => tag.mutate({ target, tags }, { onSuccess: () => notice({ text: t('tagged', { count }) }) })}
      />
      <StopSelected target={target} count={count} />
      <button type="button" className="button" disabled={busy} onClick={base.archived ? takeBack : putAway}>
        {base.archived ? t('restore') : t('archive')}
      </button>
      <DeleteSelected
        target={target}
        count={count}
        onDeleted={() => {
          onSelect(NOTHING);
          void after();
        }}
      />
      <button type="button" className="button" onClick={() => onSelect(NOTHING)}>
        {t('clear')}
      </button>
    </fieldset>
  );
}

/**
 * A link to the comparison of the selected runs: a few by id, all matching ones by the query, anything else through a stored
 * set.
 */
function CompareButton({ target, count }: { readonly target: SelectedRuns; readonly count: number }) {
  const t = useTranslations('table');
  const locale = useLocale();
  const router = useRouter();
  const notice = useNotice();
  const { compareHref } = useReach();
  const trpc = useTRPC();
  const put = useMutation(
    trpc.runSets.put.mutationOptions({
      onSuccess: ({ id }) => router.push(localePath(locale, `/compare?set=${id}`)),
      onError: ({ message }) => notice({ text: t('failed', { message }), alarm: true }),
    }),
  );
  if (count < 2 || !compareHref) {
    return (
      <button type="button" className="button" disabled>
        {t('compare')}
      </button>
    );
  }
  if ('runIds' in target ? target.runIds.length > MOST_IDS : target.except) {
    return (
      <button
        type="button"
        className="button button-primary"
        disabled={put.isPending}
        onClick={() => put.mutate({ target })}
      >
        {t('compare')}
      </button>
    );
  }
  return (
    <PageLink
      className="button button-primary"
      href={'runIds' in target ? compareHref(target.runIds) : localePath(locale, `/compare?${queryTarget(target)}`)}
    >
      {t('compare')}
    </PageLink>
  );
}

function queryTarget({ experimentId, query, archived }: Exclude<SelectedRuns, { runIds: string[] }>): string {
  const search = new URLSearchParams({ experiment: experimentId });
  if (query) search.set('q', query);
  if (archived) search.set('archived', '1');
  return search.toString();
}
