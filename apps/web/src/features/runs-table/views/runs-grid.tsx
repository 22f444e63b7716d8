'use client';

import { Menu } from '@base-ui/react/menu';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import type { FieldInfo } from '@whorl/core';
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Look } from '#src/charts/looks.ts';
import { usePrinting } from '#src/ui/use-printing.ts';
import type { RunGroup } from '../model/answers.ts';
import { isSelected, type Selection } from '../model/selection.ts';
import type { Sort } from '../model/sorting.ts';
import type { RowsQuery, RunRow } from '../model/windows.ts';
import { useCellText } from './cell-value.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { GroupRow } from './group-row.tsx';
import { HeaderCell } from './header-cell.tsx';
import type { RenameActions, Renaming } from './name-cell.tsx';
import { RunTableRow } from './run-row.tsx';
import { useAnchor } from './use-anchor.ts';
import type { ColumnActions } from './use-column-actions.ts';
import { CHECK_WIDTH, type ViewColumn } from './use-columns.ts';
import { HEADER, useGridFocus } from './use-grid-focus.ts';
import { type OpenGroups, useRows } from './use-rows.ts';

export const ROW_HEIGHT = 36;
/** The most that are in view. */
const FIRST_ROWS = 17;
const OVERSCAN = 12;
/** Paper does not scroll: it has all rows up to these. */
const MOST_PRINTED = 500;

export interface GridProps {
  readonly label: string;
  readonly rows: RowsQuery;
  readonly query: string;
  readonly columns: readonly ViewColumn[];
  /** The width of all columns, as a style. */
  readonly width: string;
  readonly sort: readonly Sort[];
  readonly actions: ColumnActions;
  readonly grouped: OpenGroups | null;
  readonly onToggleGroup: (group: RunGroup) => void;
  readonly groupName: (group: RunGroup) => string;
  /** The fields of the groups' metrics, in their order. */
  readonly measured: readonly string[];
  readonly lookOfRun: (row: RunRow) => Look | undefined;
  readonly lookOfGroup: (group: RunGroup) => Look | undefined;
  /** Null where nothing can be selected. */
  readonly selecting: {
    readonly selection: Selection;
    readonly onRange: (ids: readonly string[], chosen: boolean) => void;
    readonly onAll: (chosen: boolean) => void;
  } | null;
  readonly rename: RenameActions | null;
  readonly renaming: Renaming | null;
  /** Names that have been changed and not read again yet. */
  readonly saved: ReadonlyMap<string, string>;
  /** What is known of the fields. */
  readonly infos: readonly FieldInfo[];
  /** Told how many runs match. */
  readonly onTotal: (total: number) => void;
}

/** The table itself: the rows in view, its header and the ways to walk it by keyboard. */
export function RunsGrid(props: GridProps) {
  const {
    label,
    rows: rowsQuery,
    query,
    columns,
    width,
    sort,
    actions,
    grouped,
    selecting,
    rename,
    renaming,
    infos,
    onTotal,
  } = props;
  const t = useTranslations('table');
  const textOf = useCellText(infos);
  const scroller = useRef<HTMLDivElement>(null);
  const drawn = useRef<Virtualizer<HTMLDivElement, Element> | null>(null);
  const before = useRef({ first: 0, direction: 'down' as 'up' | 'down' });

  // The virtualizer has moved on before it asks to draw: what it shows now is known here.
  const range = drawn.current?.range ?? { startIndex: 0, endIndex: FIRST_ROWS };
  const moved = range.startIndex - before.current.first;
  const direction = moved === 0 ? before.current.direction : moved > 0 ? 'down' : 'up';
  useEffect(() => {
    before.current = { first: range.startIndex, direction };
  });

  const isPrinting = usePrinting();
  const rows = useRows({
    rows: rowsQuery,
    query,
    grouped,
    first: isPrinting ? 0 : range.startIndex,
    last: isPrinting ? MOST_PRINTED - 1 : range.endIndex,
    direction,
  });
  const { layout, runAt, total, stale } = rows;
  useEffect(() => {
    if (total !== undefined && !stale) onTotal(total);
  }, [total, stale, onTotal]);

  const lead = selecting ? 1 : 0;
  const show = useCallback((row: number) => drawn.current?.scrollToIndex(row, { align: 'auto' }), []);
  const page = useCallback(() => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2), []);
  const focus = useGridFocus({
    grid: scroller,
    rows: layout.count,
    columns: columns.length + lead,
    first: lead,
    page,
    show,
  });
  const { active, stop: tabStop } = focus;

  // The rows beyond those in view come when the page has come to life: until then they only delay it.
  const [overscan, setOverscan] = useState(0);
  useEffect(() => setOverscan(OVERSCAN), []);
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: layout.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan,
    initialRect: { width: 1136, height: FIRST_ROWS * ROW_HEIGHT },
    // The header takes a row's height from what is in view.
    scrollPaddingEnd: ROW_HEIGHT,
    // The row that the Tab key goes to is there wherever the table has been scrolled to.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      if (isPrinting) return Array.from({ length: Math.min(count, MOST_PRINTED) }, (_, i) => i);
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const near = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
      const stop = tabStop.row;
      if (stop < 0 || stop >= count || (stop >= from && stop <= to)) return near;
      return stop < from ? [stop, ...near] : [...near, stop];
    },
  });
  drawn.current = virtualizer;

  useAnchor({
    scroller,
    rowHeight: ROW_HEIGHT,
    first: range.startIndex,
    idAt: (row) => runAt(row)?.id,
    order: rows.stale ? 'stale' : rows.order,
    onShift: focus.shift,
  });
  useEffect(() => {
    if (rows.order && scroller.current) scroller.current.scrollTop = 0;
  }, [rows.order]);

  const wasRenaming = useRef(false);
  useEffect(() => {
    const ended = wasRenaming.current && renaming === null;
    wasRenaming.current = renaming !== null;
    // The field that had the focus is gone: the keyboard goes on from its cell.
    if (ended && document.activeElement === document.body) focus.go(active.row, active.column);
  });

  const lastPicked = useRef<number | null>(null);
  const pick = async (event: { readonly shiftKey: boolean }, row: number, id: string) => {
    if (!selecting) return;
    const chosen = !isSelected(selecting.selection, id);
    const from = event.shiftKey && lastPicked.current !== null ? lastPicked.current : row;
    lastPicked.current = row;
    selecting.onRange(from === row ? [id] : await rows.idsBetween(from, row), chosen);
  };
  // The same function always, so that rows are not drawn anew for it.
  const latestPick = useRef(pick);
  latestPick.current = pick;
  const onPick = useCallback(
    (event: MouseEvent, row: number, id: string) => void latestPick.current(event, row, id),
    [],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // Menus and dialogs of the cells are drawn elsewhere, yet their events come by here.
    if (!event.currentTarget.contains(event.target as Node)) return;
    if (event.target instanceof HTMLInputElement && event.target.type === 'text') return;
    if (focus.onKeyDown(event)) return;
    const column = columns[active.column - lead];
    if (active.row === HEADER) {
      if (column && headerKey(event, column, actions)) event.preventDefault();
      return;
    }
    const row = runAt(active.row);
    if (!row) return;
    if (event.key === 'F2' && rename) {
      event.preventDefault();
      rename.begin(row.id, String(row.cell('name') ?? ''));
    } else if (event.key === ' ' && selecting && (event.target as HTMLElement).tagName !== 'BUTTON') {
      event.preventDefault();
      void pick(event, active.row, row.id);
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && selecting) {
      event.preventDefault();
      selecting.onAll(true);
    }
  };

  const [columnMenu] = useState(() => Menu.createHandle<ViewColumn>());
  const seen = new Set<string>();
  let end = 0;
  const items = virtualizer.getVirtualItems();
  const printed = isPrinting
    ? items.filter(({ index }) => layout.at(index).kind === 'group' || runAt(index)).length
    : 0;
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys and the focus of the grid within */}
      <div ref={scroller} className="runs-grid" onKeyDown={onKeyDown} onFocus={focus.onFocus} data-runs-grid="">
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are walked is a grid
          role="grid"
          aria-label={label}
          aria-rowcount={layout.count + 1}
          aria-colcount={columns.length + lead}
          aria-multiselectable={selecting ? true : undefined}
          aria-busy={rows.stale}
          style={{ width }}
          className={rows.stale ? 'runs-stale' : undefined}
        >
          <colgroup>
            {selecting && <col style={{ width: CHECK_WIDTH }} />}
            {columns.map(({ field, style }, i) => (
              <col key={field} style={i === columns.length - 1 ? undefined : { width: style.width }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {selecting && (
                <th scope="col" className="runs-head runs-check" data-cell={`${HEADER}:0`} aria-colindex={1}>
                  <SelectAll
                    selection={selecting.selection}
                    tabIndex={focus.tabIndex(HEADER, 0)}
                    label={t('selectAll')}
                    onAll={selecting.onAll}
                  />
                </th>
              )}
              {columns.map((column, i) => (
                <HeaderCell
                  key={column.field}
                  column={column}
                  at={i + lead}
                  sort={sort}
                  tabIndex={focus.tabIndex(HEADER, i + lead)}
                  actions={actions}
                  menu={columnMenu}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {/* One flat list: in a list of lists, rows would go by their place and be made anew whenever one before them goes. */}
            {items.flatMap((item) => {
              const gap = item.start - end;
              end = item.end;
              const place = layout.at(item.index);
              const row = place.kind === 'run' ? runAt(item.index) : undefined;
              // While windows of two moments meet, a run may be in both.
              const key = row && !seen.has(row.id) ? row.id : `row ${item.index}`;
              if (row) seen.add(row.id);
              const group = place.kind === 'group' ? grouped?.groups[place.group] : undefined;
              return [
                gap > 0 && <Gap key={`gap ${item.index}`} height={gap} />,
                group && grouped ? (
                  <GroupRow
                    key={`group ${item.index}`}
                    at={item.index}
                    name={props.groupName(group)}
                    unfinished={group.unfinished}
                    look={props.lookOfGroup(group)}
                    runs={group.runs}
                    open={grouped.isOpen(group)}
                    columns={columns}
                    cellOf={(field) => group.values[grouped.by.indexOf(field)]}
                    metricOf={(field) => group.metrics[props.measured.indexOf(field)]}
                    checkboxes={selecting !== null}
                    tabIndex={focus.tabIndex}
                    onToggle={() => props.onToggleGroup(group)}
                    textOf={textOf}
                  />
                ) : (
                  <RunTableRow
                    key={key}
                    at={item.index}
                    row={row}
                    columns={columns}
                    inGroup={grouped !== null}
                    look={row && props.lookOfRun(row)}
                    stop={tabStop.row === item.index ? tabStop.column : null}
                    selected={selecting && row !== undefined && isSelected(selecting.selection, row.id)}
                    onPick={onPick}
                    textOf={textOf}
                    rename={rename}
                    renaming={row && renaming?.id === row.id ? renaming.text : null}
                    savedName={row && props.saved.get(row.id)}
                  />
                ),
              ];
            })}
            {virtualizer.getTotalSize() > end && <Gap height={virtualizer.getTotalSize() - end} />}
          </tbody>
        </table>
        <ColumnMenu handle={columnMenu} actions={actions} />
        {rows.error && (
          <p role="alert" className="p-3 text-alarm">
            {t('failed', { message: rows.error })}
          </p>
        )}
      </div>
      {isPrinting && printed < layout.count && (
        <p className="mt-2 text-small">
          {t('printed', { printed, all: layout.count })} <code>{`whorl ls ${rowsQuery.experimentId} --json`}</code>
        </p>
      )}
      {/* Its place is kept, and it is seen while a key has brought the focus into the table. */}
      <p className="runs-hint mt-1 text-small text-muted">{t(selecting ? 'keysHint' : 'keysHintGuest')}</p>
    </>
  );
}

/** Stands for rows that are not drawn. */
const Gap = ({ height }: { readonly height: number }) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can have the focus
  <tr aria-hidden="true" className="print:hidden">
    <td style={{ height, padding: 0 }} />
  </tr>
);

interface SelectAllProps {
  readonly selection: Selection;
  readonly tabIndex: 0 | -1;
  readonly label: string;
  readonly onAll: (chosen: boolean) => void;
}

function SelectAll({ selection: { all, ids }, tabIndex, label, onAll }: SelectAllProps) {
  return (
    <input
      type="checkbox"
      data-widget=""
      tabIndex={tabIndex}
      className="size-4 align-[-3px] accent-accent"
      ref={(element) => {
        if (element) element.indeterminate = ids.size > 0;
      }}
      checked={all && ids.size === 0}
      onChange={() => onAll(!all)}
      aria-label={label}
      title={label}
    />
  );
}

const STEP = 16;

/** Moves and sizes a column, or opens its menu, by keyboard. */
function headerKey(event: KeyboardEvent, { field, width }: ViewColumn, actions: ColumnActions): boolean {
  const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
  if (event.altKey && way !== 0) {
    if (event.shiftKey) actions.resize(field, width + way * STEP);
    else actions.move(field, way);
    return true;
  }
  if (
    (event.altKey && event.key === 'ArrowDown') ||
    (event.shiftKey && event.key === 'F10') ||
    event.key === 'ContextMenu'
  ) {
    (event.target as Element).closest('th')?.querySelector<HTMLElement>('[data-column-menu]')?.click();
    return true;
  }
  return false;
}
