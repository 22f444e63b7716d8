'use client';

import type { MouseEvent } from 'react';
import type { Look } from '#src/charts/looks.ts';
import type { RunGroup } from '../model/answers.ts';
import { isSelected } from '../model/selection.ts';
import type { RunRow } from '../model/windows.ts';
import type { CellText } from './cell-value.tsx';
import { GroupRow } from './group-row.tsx';
import type { RenameActions, Renaming } from './name-cell.tsx';
import { RunTableRow } from './run-row.tsx';
import type { ViewColumn } from './use-columns.ts';
import type { GridFocus } from './use-grid-focus.ts';
import type { Selecting } from './use-picking.ts';
import type { RowWindow } from './use-row-window.ts';
import type { OpenGroups, Rows } from './use-rows.ts';

/** What the rows show besides their values. */
export interface RowProps {
  readonly columns: readonly ViewColumn[];
  readonly grouped: OpenGroups | null;
  readonly onToggleGroup: (group: RunGroup) => void;
  readonly groupName: (group: RunGroup) => string;
  /** The fields of the groups' metrics, in order. */
  readonly measured: readonly string[];
  readonly lookOfRun: (row: RunRow) => Look | undefined;
  readonly lookOfGroup: (group: RunGroup) => Look | undefined;
  /** Null where nothing can be selected. */
  readonly selecting: Selecting | null;
  readonly rename: RenameActions | null;
  readonly renaming: Renaming | null;
  /** New names that have been saved but not read again yet. */
  readonly saved: ReadonlyMap<string, string>;
}

interface Props extends RowProps {
  readonly window: RowWindow;
  readonly rows: Pick<Rows, 'layout' | 'runAt'>;
  readonly focus: GridFocus;
  readonly onPick: (event: MouseEvent, row: number, id: string) => void;
  readonly textOf: CellText;
}

/** The rows in view, with gaps above, below and between them for rows that are not drawn. */
export function GridBody(props: Props) {
  const { window, rows, columns, grouped, selecting, rename, renaming, focus, onPick, textOf } = props;
  const seen = new Set<string>();
  let end = 0;
  return (
    <tbody>
      {/* One flat list: in nested lists React would match rows by position, and recreate them whenever an earlier one goes. */}
      {window.getVirtualItems().flatMap((item) => {
        const gap = item.start - end;
        end = item.end;
        const place = rows.layout.at(item.index);
        const row = place.kind === 'run' ? rows.runAt(item.index) : undefined;
        // While windows of different moments are shown together, a run may be in both.
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
              stop={focus.stop.row === item.index ? focus.stop.column : null}
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
      {window.getTotalSize() > end && <Gap height={window.getTotalSize() - end} />}
    </tbody>
  );
}

/** Stands for rows that are not drawn. */
const Gap = ({ height }: { readonly height: number }) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can have the focus
  <tr aria-hidden="true" className="print:hidden">
    <td style={{ height, padding: 0 }} />
  </tr>
);
