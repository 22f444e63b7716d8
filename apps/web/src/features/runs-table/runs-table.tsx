'use client';

import type { FieldInfo } from '@whorl/core';
import { memo, useCallback, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import type { Experiment } from '#src/contract/schemas.ts';
import { useStable } from '#src/live/use-stable.ts';
import { BadView } from '#src/view/bad-view.tsx';
import type { View } from '#src/view/use-view.ts';
import type { RunGroup } from './model/answers.ts';
import { badFields } from './model/bad-fields.ts';
import type { Column } from './model/columns.ts';
import type { FirstPaint } from './model/first-paint.ts';
import type { Looks } from './model/looks.ts';
import { countOf, EVERYTHING, NOTHING, UNSAID, withRuns } from './model/selection.ts';
import { columnsOf, groupsInput, measuredOf, rowsQuery, shownView } from './model/table-input.ts';
import type { TABLE_FIELDS } from './model/table-view.ts';
import { EmptyTable } from './views/empty-table.tsx';
import { QueryBox } from './views/query-box.tsx';
import { RunsGrid } from './views/runs-grid.tsx';
import { SelectionBar } from './views/selection-bar.tsx';
import { RunCount, TableControls } from './views/table-bar.tsx';
import { useColumnActions } from './views/use-column-actions.ts';
import { useColumns } from './views/use-columns.ts';
import { useGroupName } from './views/use-group-name.ts';
import { useGroups } from './views/use-groups.ts';
import { useRename } from './views/use-rename.ts';
import { useSelection } from './views/use-selection.ts';

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
 * An experiment's runs: searched by a query, with chosen columns, sorted, grouped and selected. Its state is part of the
 * address. Other components own other parts, and their changes, such as a zoom, do not concern it.
 */
export const RunsTable = memo(function RunsTable({ experiment, table, first, infos, looks }: Props) {
  const t = useTranslations('table');
  const owner = useReach().kind === 'owner';
  const { id } = experiment;
  const { ofStudy, refused } = first;
  const { view: ofAddress, change, bad } = table;
  const view = shownView(ofAddress, refused);
  const { q: query } = view;

  const columns = useStable(columnsOf(view, infos, ofStudy));
  const group = useStable(view.group);
  const rows = useStable(rowsQuery(id, view, columns, looks.by));
  const measured = useStable(measuredOf(columns));
  const { answer: groups, open: grouped, toggle } = useGroups(group, groupsInput(id, view, columns));

  const changeSelection = useCallback((sel: typeof view.sel) => change({ sel }), [change]);
  const { selection, select, isLost } = useSelection(owner ? view.sel : UNSAID, changeSelection);
  const { renaming, rename, saved } = useRename();
  const actions = useColumnActions(columns, view, change);
  const showColumns = useCallback((cols: readonly Column[] | null) => change({ cols }), [change]);
  const drawn = useColumns({ columns, infos, grouped: grouped !== null, checkboxes: owner, onChange: showColumns });
  const groupName = useGroupName(group, groups?.groups ?? NO_GROUPS);

  const [total, setTotal] = useState(first.window?.total ?? first.groups?.runs ?? 0);
  const matching = grouped ? (groups?.runs ?? total) : total;
  const selected = owner ? countOf(selection, matching) : 0;
  const find = (q: string) => {
    change({ q }, 'push');
    // The selection belongs to the previous query. The back button restores both.
    if (q !== query) select(NOTHING);
  };
  const lostSet = isLost ? view.sel.set : null;
  const words = { knownField: t('knownField'), knownSet: t('knownSet') };

  return (
    <div data-runs-table="">
      <QueryBox
        query={ofAddress.q}
        mistake={view === ofAddress ? null : (refused?.mistake ?? null)}
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
          <RunCount
            query={query}
            matching={matching}
            all={view.archived ? null : experiment.runs}
            groups={groups && grouped ? groups.total : null}
          />
        )}
        <TableControls
          {...{ rows, view, columns, infos, ofStudy, owner }}
          onArchived={() => {
            change({ archived: !view.archived }, 'push');
            select(NOTHING);
          }}
          onGroup={(next) => change({ group: next }, 'push')}
          onColumns={showColumns}
        />
      </div>
      <BadView bad={[...bad, ...badFields(ofAddress, view, { infos, columns, refused, lostSet }, words)]} />
      <RunsGrid
        label={t('runsOf', { name: experiment.name })}
        {...{ rows, query, actions, grouped, groupName, measured, renaming, saved, infos }}
        columns={drawn.columns}
        width={drawn.width}
        sort={view.sort}
        onToggleGroup={toggle}
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
        onTotal={setTotal}
      />
      {matching === 0 && <EmptyTable query={query} archived={view.archived} infos={infos} onQuery={find} />}
      {groups && grouped && groups.total > groups.groups.length && (
        <p className="mt-2 text-small text-muted">{t('moreGroups', { count: groups.total - groups.groups.length })}</p>
      )}
    </div>
  );
});
