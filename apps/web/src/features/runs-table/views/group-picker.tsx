'use client';

import { Menu } from '@base-ui/react/menu';
import { type FieldInfo, MOST_DISTINCT, parseField } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import { useColumnNames } from './use-column-names.ts';

const MOST_OTHERS = 40;

interface Props {
  readonly infos: readonly FieldInfo[];
  /** The fields that are offered first. */
  readonly factors: readonly string[];
  readonly group: readonly string[];
  readonly onChange: (group: string[]) => void;
}

/** Fields by which runs can be grouped: with few values, and not measured. */
const groupable = ({ field, distinct, runs }: FieldInfo): boolean => {
  const { kind, key } = parseField(field);
  if (kind === 'metric' || (kind === 'attribute' && !['status', 'study', 'engine', 'mode'].includes(key))) return false;
  return distinct <= Math.min(MOST_DISTINCT, Math.max(20, runs / 2));
};

/** Chooses what the rows are grouped by, in the order in which it is chosen. */
export function GroupPicker({ infos, factors, group, onChange }: Props) {
  const t = useTranslations('table');
  const nameOf = useColumnNames();
  const others = infos
    .filter((info) => groupable(info) && !factors.includes(info.field) && info.distinct > 1)
    .map(({ field }) => field);
  const offered = [...new Set([...group, ...factors, ...others.slice(0, MOST_OTHERS)])];
  const toggle = (field: string) =>
    onChange(group.includes(field) ? group.filter((item) => item !== field) : [...group, field]);
  return (
    <Menu.Root>
      <Menu.Trigger className="button max-w-64">
        <span className="truncate">
          {group.length === 0
            ? t('group')
            : t('groupedBy', { fields: group.map((field) => nameOf(field).text).join(', ') })}
        </span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-30">
          <Menu.Popup className="popup">
            {offered.map((field) => (
              <Menu.CheckboxItem
                key={field}
                className="popup-item"
                checked={group.includes(field)}
                onCheckedChange={() => toggle(field)}
                closeOnClick={false}
              >
                <span className="w-4 text-accent" aria-hidden="true">
                  {group.includes(field) ? '✓' : ''}
                </span>
                <span className={`truncate ${nameOf(field).path ? 'font-mono' : ''}`}>{nameOf(field).text}</span>
              </Menu.CheckboxItem>
            ))}
            {offered.length === 0 && <p className="px-3 py-2 text-muted">{t('nothingVaries')}</p>}
            {group.length > 0 && (
              <>
                <Menu.Separator className="my-1 h-px bg-line" />
                <Menu.Item className="popup-item" onClick={() => onChange([])}>
                  {t('ungroup')}
                </Menu.Item>
              </>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
