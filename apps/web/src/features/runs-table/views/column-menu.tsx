'use client';

import { Menu } from '@base-ui/react/menu';
import { useTranslations } from 'use-intl/react';
import { NAME } from '../model/columns.ts';
import type { ColumnActions } from './use-column-actions.ts';
import type { ViewColumn } from './use-columns.ts';

/** The handle by which column titles open the menu. */
export type ColumnMenuHandle = Menu.Handle<ViewColumn>;

const WIDER = 24;

interface Props {
  readonly handle: ColumnMenuHandle;
  readonly actions: ColumnActions;
}

/** The menu of column titles. There is one for all columns, since only one can be open. */
export function ColumnMenu({ handle, actions }: Props) {
  return (
    <Menu.Root handle={handle}>
      {({ payload: column }) => (
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4} className="z-30">
            <Menu.Popup className="popup">{column && <Items column={column} actions={actions} />}</Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      )}
    </Menu.Root>
  );
}

function Items({
  column: { field, parsed, pinned, width },
  actions,
}: {
  readonly column: ViewColumn;
  readonly actions: ColumnActions;
}) {
  const t = useTranslations('table');
  const items: readonly (readonly [key: Parameters<typeof t>[0], keys: string, act: () => void, when?: boolean])[] = [
    ['sortLowest', '', () => actions.sort(field, 'lowest')],
    ['sortHighest', '', () => actions.sort(field, 'highest')],
    ['groupByThis', '', () => actions.group(field), parsed.kind !== 'metric' && field !== NAME],
    [pinned ? 'unpin' : 'pin', '', () => actions.pin(field, !pinned)],
    ['moveLeft', 'Alt ←', () => actions.move(field, -1)],
    ['moveRight', 'Alt →', () => actions.move(field, 1)],
    ['wider', 'Alt Shift →', () => actions.resize(field, width + WIDER)],
    ['narrower', 'Alt Shift ←', () => actions.resize(field, width - WIDER)],
    ['hide', '', () => actions.hide(field), field !== NAME],
  ];
  return items.map(
    ([key, keys, act, when = true]) =>
      when && (
        <Menu.Item key={key} className="popup-item justify-between" onClick={act}>
          {t(key)}
          {keys && <span className="pl-4 text-muted">{keys}</span>}
        </Menu.Item>
      ),
  );
}
