'use client';

import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { LineGroup } from '#src/charts/line-picture.ts';
import { Swatch } from '#src/charts/swatch.tsx';
import { CutName } from '#src/ui/cut-name.tsx';

interface Props {
  readonly groups: readonly LineGroup[];
  /** Called with the ids of all hidden groups. */
  readonly onHide: (ids: readonly string[]) => void;
}

/** Only this many groups are shown at first. A list that scrolls would hide that there are more. */
const FIRST = 12;

/** The legend of the charts. A click hides a group or shows it again; a double click or Alt+click shows it alone. */
export function CurvesLegend({ groups, onHide }: Props) {
  const t = useTranslations('curves');
  const [all, setAll] = useState(false);
  const shown = all ? groups : groups.slice(0, FIRST);
  const hidden = groups.filter((group) => group.hidden).map(({ id }) => id);

  const toggle = (id: string) => onHide(hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id]);
  const solo = (id: string) => {
    const others = groups.map((group) => group.id).filter((other) => other !== id);
    // If the group is alone already, the others come back. The first click of a double click has just toggled this group.
    onHide(others.every((other) => hidden.includes(other)) ? [] : others);
  };
  const onClick = (event: MouseEvent, id: string) => {
    if (event.altKey || event.detail === 2) solo(id);
    else if (event.detail < 2) toggle(id);
  };
  const onKeyDown = (event: KeyboardEvent, id: string) => {
    if (!event.altKey || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    solo(id);
  };
  return (
    <ul className="-mx-2 flex break-after-avoid flex-wrap gap-x-1" aria-label={t('legend')} title={t('legendHint')}>
      {shown.map((group) => (
        <li key={group.id} className="max-w-full">
          <button
            type="button"
            aria-pressed={!group.hidden}
            aria-label={t('legendItem', { name: group.name, runs: group.runs })}
            aria-keyshortcuts="Alt+Enter"
            className={`inline-flex min-h-8 max-w-full items-center gap-2 rounded-[6px] px-2 text-small hover:bg-sunk ${group.hidden ? 'text-muted line-through' : ''}`}
            onClick={(event) => onClick(event, group.id)}
            onKeyDown={(event) => onKeyDown(event, group.id)}
          >
            <span className={group.hidden ? 'opacity-30' : undefined}>
              <Swatch look={group.look} />
            </span>
            <span className="max-w-[32ch] truncate">
              <CutName text={group.name} most={32} />
            </span>
            {group.runs > 1 && <span className="text-muted no-underline">×{group.runs}</span>}
          </button>
        </li>
      ))}
      {groups.length > FIRST && (
        <li>
          <button
            type="button"
            className="link min-h-8 px-2 text-small"
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {all ? t('fewerGroups') : t('allGroups', { count: groups.length })}
          </button>
        </li>
      )}
    </ul>
  );
}
