'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type FieldInfo, sameThing } from '@whorl/core';
import { memo, useCallback, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import { factorFields } from '#src/contract/factor-fields.ts';
import type { Experiment } from '#src/contract/schemas.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { useStable } from '#src/live/use-stable.ts';
import { BadView } from '#src/view/bad-view.tsx';
import type { View } from '#src/view/use-view.ts';
import type { RunGroup } from './model/answers.ts';
import type { FirstPaint } from './model/first-paint.ts';
import type { Looks } from './model/looks.ts';
import { countOf, EVERYTHING, NOTHING, UNSAID, withRuns } from './model/selection.ts';
import { columnsOf, groupsInput, measuredOf, rowsQuery, shownView } from './model/table-input.ts';
import type { TABLE_FIELDS } from './model/table-view.ts';
import { ColumnPicker } from './views/column-picker.tsx';
import { EmptyTable } from './views/empty-table.tsx';
import { ExportMenu } from './views/export-menu.tsx';
import { GroupPicker } from './views/group-picker.tsx';
import { QueryBox } from './views/query-box.tsx';
import { RunsGrid } from './views/runs-grid.tsx';
import { SelectionBar } from './views/selection-bar.tsx';
import { useColumnActions } from './views/use-column-actions.ts';
import { useColumns } from './views/use-columns.ts';
import { useGroupName } from './views/use-group-name.ts';
import { useRename } from './views/use-rename.ts';
import { useSelection } from './views/use-selection.ts';
import { ViewsMenu } from './views/views-menu.tsx';

interface Props {
  readonly experiment: Experiment;
  /** What the address says of the table. */
  readonly table: View<typeof TABLE_FIELDS>;
  readonly first: FirstPaint;
  /** What is known of the fields of the runs. */
  readonly infos: readonly FieldInfo[];
  readonly looks: Looks;
}

const NO_GROUPS: readonly RunGroup[] = [];

/**
 * An experiment's runs: found by a query, in chosen columns, sorted, grouped, selected. Its state is the address, of
 * which others have parts, too: a zoom into a chart is nothing to the table.
 */
export const RunsTable = memo(function RunsTable({ experiment, table, first, infos, looks }: Props) {
  const t = useTranslations('table');
  const { whole } = useFormat();
  const { kind } = useReach();
  const owner = kind === 'owner';
  const trpc = useTRPC();
  const { id } = experiment;
  const { ofStudy } = first;
  const { view: ofAddress, change, bad } = table;
  const view = shownView(ofAddress, first.refused);
  const { q: query } = view;

  const columns = useStable(columnsOf(view, infos, ofStudy));
  const group = useStable(view.group);
  const grouped = group.length > 0;

  const rows = useStable(rowsQuery(id, view, columns, looks.by));
  const measured = useStable(measuredOf(columns));
  const { data: groups } = useQuery(
    trpc.grouping.groups.queryOptions(groupsInput(id, view, columns), {
      enabled: grouped,
      placeholderData: keepPreviousData,
    }),
  );
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const keyOf = (item: RunGroup) => JSON.stringify([group, item.values.map((value) => [typeof value, String(value)])]);
  const toggleGroup = (item: RunGroup) => {
    const next = new Set(open);
    if (!next.delete(keyOf(item))) next.add(keyOf(item));
    setOpen(next);
  };

  const changeSelection = useCallback((sel: typeof view.sel) => change({ sel }), [change]);
  const { selection, select, isLost } = useSelection(owner ? view.sel : UNSAID, changeSelection);
  const { renaming, rename, saved } = useRename();
  const actions = useColumnActions(columns, view, change);
  const showColumns = useCallback((cols: (typeof columns)[number][]) => change({ cols }), [change]);
  const drawn = useColumns({ columns, infos, grouped, checkboxes: owner, onChange: showColumns });
  const groupName = useGroupName(group, groups?.groups ?? NO_GROUPS);

  const [total, setTotal] = useState(first.window?.total ?? first.groups?.runs ?? 0);
  const matching = grouped ? (groups?.runs ?? total) : total;
  const all = view.archived ? null : experiment.runs;
  const selected = owner ? countOf(selection, matching) : 0;
  const find = (q: string) => {
    change({ q }, 'push');
    // What is selected is of what was found: the step before keeps it, for who goes back.
    if (q !== query) select(NOTHING);
  };
  const missing = columns
    .filter(({ field }) => view.cols !== null && !infos.some((info) => sameThing(info.field, field)))
    .map(({ field }) => ({ name: 'cols', came: field, expected: t('knownField') }));

  const lost = isLost ? [{ name: 'sel', came: `@${view.sel.set}`, expected: t('knownSet') }] : [];
  const { message = null } = first.refused ?? {};
  const refusal = view === ofAddress || message === null ? [] : [{ name: 'q', came: ofAddress.q, expected: message }];

  return (
    <div data-runs-table="">
      <QueryBox
        query={ofAddress.q}
        mistake={view === ofAddress ? null : (first.refused?.mistake ?? null)}
        fields={infos}
        onApply={find}
      />
      <div className="mt-2 mb-2 flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        {selected > 0 ? (
          <SelectionBar
            base={{ experimentId: id, query, archived: view.archived }}
            selection={selection}
            total={matching}
            infos={infos}
            onSelect={select}
          />
        ) : (
          <p className="text-small text-muted" aria-live="polite" data-count={matching}>
            {query === '' || all === null
              ? t('count', { count: matching, text: whole(matching) })
              : t('countOf', { count: matching, text: whole(matching), all: whole(Math.max(all, matching)) })}
            {groups && grouped && t('groupCount', { count: groups.total })}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-2">
          {owner && (
            <button
              type="button"
              className="button"
              aria-pressed={view.archived}
              onClick={() => {
                change({ archived: !view.archived }, 'push');
                select(NOTHING);
              }}
            >
              {t('showArchived')}
            </button>
          )}
          <GroupPicker
            infos={infos}
            factors={factorFields(infos, ofStudy).map(({ field }) => field)}
            group={group}
            onChange={(next) => change({ group: next }, 'push')}
          />
          <ColumnPicker
            infos={infos}
            columns={columns}
            onChange={showColumns}
            onReset={view.cols ? () => change({ cols: null }) : null}
          />
          {!grouped && <ExportMenu rows={rows} query={query} fields={columns.map(({ field }) => field)} />}
          {owner && (
            <ViewsMenu
              experimentId={id}
              current={() => window.location.search.slice(1)}
              onLoad={(state) => window.history.pushState(null, '', `${window.location.pathname}?${state}`)}
            />
          )}
        </div>
      </div>
      <BadView bad={[...bad, ...missing, ...lost, ...refusal]} />
      <RunsGrid
        label={t('runsOf', { name: experiment.name })}
        rows={rows}
        query={query}
        columns={drawn.columns}
        width={drawn.width}
        sort={view.sort}
        actions={actions}
        grouped={grouped ? { by: group, groups: groups?.groups ?? [], isOpen: (item) => open.has(keyOf(item)) } : null}
        onToggleGroup={toggleGroup}
        groupName={groupName}
        measured={measured}
        lookOfRun={(row) => looks.of(row.cell)}
        lookOfGroup={(item) =>
          looks.by.every((field) => group.includes(field))
            ? looks.of((field) => item.values[group.indexOf(field)])
            : undefined
        }
        selecting={
          owner
            ? {
                selection,
                onRange: (ids, chosen) => select((known) => withRuns(known, ids, chosen)),
                onAll: (chosen) => select(chosen ? EVERYTHING : NOTHING),
              }
            : null
        }
        rename={owner ? rename : null}
        renaming={renaming}
        saved={saved}
        infos={infos}
        onTotal={setTotal}
      />
      {matching === 0 && <EmptyTable query={query} archived={view.archived} infos={infos} onQuery={find} />}
      {groups && grouped && groups.total > groups.groups.length && (
        <p className="mt-2 text-small text-muted">{t('moreGroups', { count: groups.total - groups.groups.length })}</p>
      )}
    </div>
  );
});
