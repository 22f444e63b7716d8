'use client';

import type { FieldInfo } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import { factorFields } from '#src/contract/factor-fields.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import type { Column } from '../model/columns.ts';
import type { TableView } from '../model/table-view.ts';
import type { RowsQuery } from '../model/windows.ts';
import { ColumnPicker } from './column-picker.tsx';
import { ExportMenu } from './export-menu.tsx';
import { GroupPicker } from './group-picker.tsx';
import { ViewsMenu } from './views-menu.tsx';

interface CountProps {
  readonly query: string;
  /** How many runs match, and how many there are; null where that was not counted. */
  readonly matching: number;
  readonly all: number | null;
  /** How many groups there are; null where rows are not grouped. */
  readonly groups: number | null;
}

/** How many runs the table shows. */
export function RunCount({ query, matching, all, groups }: CountProps) {
  const t = useTranslations('table');
  const { whole } = useFormat();
  return (
    <p className="text-small text-muted" aria-live="polite" data-count={matching}>
      {query === '' || all === null
        ? t('count', { count: matching, text: whole(matching) })
        : t('countOf', { count: matching, text: whole(matching), all: whole(Math.max(all, matching)) })}
      {groups !== null && t('groupCount', { count: groups })}
    </p>
  );
}

interface Props {
  readonly rows: RowsQuery;
  readonly view: TableView;
  readonly columns: readonly Column[];
  readonly infos: readonly FieldInfo[];
  /** The study's factors. */
  readonly ofStudy: readonly string[];
  readonly owner: boolean;
  readonly onArchived: () => void;
  readonly onGroup: (group: readonly string[]) => void;
  /** Null restores the default columns. */
  readonly onColumns: (columns: readonly Column[] | null) => void;
}

/** The controls above the table. */
export function TableControls({ rows, view, columns, infos, ofStudy, owner, onArchived, onGroup, onColumns }: Props) {
  const t = useTranslations('table');
  const grouped = view.group.length > 0;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {owner && (
        <button type="button" className="button" aria-pressed={view.archived} onClick={onArchived}>
          {t('showArchived')}
        </button>
      )}
      <GroupPicker
        infos={infos}
        factors={factorFields(infos, ofStudy).map(({ field }) => field)}
        group={view.group}
        onChange={onGroup}
      />
      <ColumnPicker
        infos={infos}
        columns={columns}
        onChange={onColumns}
        onReset={view.cols ? () => onColumns(null) : null}
      />
      {!grouped && <ExportMenu rows={rows} query={view.q} fields={columns.map(({ field }) => field)} />}
      {owner && (
        <ViewsMenu
          experimentId={rows.experimentId}
          current={() => window.location.search.slice(1)}
          onLoad={(state) => window.history.pushState(null, '', `${window.location.pathname}?${state}`)}
        />
      )}
    </div>
  );
}
