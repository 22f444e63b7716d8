'use client';

import { Popover } from '@base-ui/react/popover';
import { type FieldInfo, foldText, formatField, type MetricPart, parseField } from '@whorl/core';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { type Column, NAME, toggleColumn } from '../model/columns.ts';
import { useColumnNames } from './use-column-names.ts';

const KINDS = ['attribute', 'param', 'metric', 'tag', 'environment'] as const;
const PARTS: readonly MetricPart[] = ['last', 'min', 'max'];
const MOST_SHOWN = 300;

interface Props {
  readonly infos: readonly FieldInfo[];
  readonly columns: readonly Column[];
  readonly onChange: (columns: Column[]) => void;
  /** Returns to the default columns; null where they are shown. */
  readonly onReset: (() => void) | null;
}

/** Chooses which fields have a column. */
export function ColumnPicker({ infos, columns, onChange, onReset }: Props) {
  const t = useTranslations('table');
  return (
    <Popover.Root>
      <Popover.Trigger className="button">{t('columns')}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className="z-30">
          <Popover.Popup className="popup flex w-[400px] flex-col overflow-hidden p-0" aria-label={t('columns')}>
            <Fields infos={infos} columns={columns} onChange={onChange} />
            <div className="flex justify-between border-t border-line p-2">
              <button type="button" className="button" disabled={!onReset} onClick={() => onReset?.()}>
                {t('defaultColumns')}
              </button>
              <Popover.Close className="button">{t('done')}</Popover.Close>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface Choice {
  readonly kind: (typeof KINDS)[number];
  readonly name: string;
  readonly path: boolean;
  /** The fields to choose from. A metric is listed once, without its parts. */
  readonly fields: readonly string[];
}

function choicesOf(infos: readonly FieldInfo[], nameOf: ReturnType<typeof useColumnNames>): Choice[] {
  const seen = new Set<string>();
  return infos.flatMap(({ field }): Choice[] => {
    const parsed = parseField(field);
    const id = `${parsed.kind} ${parsed.key}`;
    if (seen.has(id)) return [];
    seen.add(id);
    const { kind } = parsed;
    if (kind !== 'metric') return [{ kind, name: nameOf(field).text, path: nameOf(field).path, fields: [field] }];
    const fields = PARTS.map((part) => formatField({ ...parsed, part }));
    return [{ kind, name: nameOf(fields[0] as string).text, path: false, fields }];
  });
}

function Fields({ infos, columns, onChange }: Omit<Props, 'onReset'>) {
  const t = useTranslations('table');
  const nameOf = useColumnNames();
  const [search, setSearch] = useState('');
  const choices = useMemo(() => choicesOf(infos, nameOf), [infos, nameOf]);
  const words = foldText(search.trim()).split(/\s+/);
  const found = choices.filter(({ name, fields }) =>
    words.every((word) => foldText(`${name} ${fields[0]}`).includes(word)),
  );
  const shown = new Set(columns.map(({ field }) => field));
  const check = (field: string, label: string, name: string) => (
    <label key={field} className="inline-flex min-h-8 min-w-0 items-center gap-2">
      <input
        type="checkbox"
        className="size-4 shrink-0 accent-accent"
        checked={shown.has(field)}
        disabled={field === NAME}
        onChange={() => onChange(toggleColumn(columns, field))}
        aria-label={name}
      />
      <span className="min-w-0 truncate" title={field}>
        {label}
      </span>
    </label>
  );
  return (
    <>
      <div className="border-b border-line p-2">
        <input
          type="search"
          className="field w-full"
          placeholder={t('findColumn')}
          aria-label={t('findColumn')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {/* Makes the list of checkboxes scroll by keyboard. */}
      <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-2">
        {KINDS.map((kind) => {
          const ofKind = found.filter((choice) => choice.kind === kind).slice(0, MOST_SHOWN);
          if (ofKind.length === 0) return null;
          return (
            <fieldset key={kind} className="min-w-0">
              <legend className="pt-3 pb-1 font-medium text-muted">{t(`kind.${kind}`)}</legend>
              {ofKind.map(({ name, path, fields }) =>
                fields.length === 1 ? (
                  <div key={fields[0]} className={path ? 'font-mono' : ''}>
                    {check(fields[0] as string, name, name)}
                  </div>
                ) : (
                  <div key={fields[0]} className="flex min-w-0 items-center justify-between gap-4">
                    <span className="min-w-0 truncate" title={name}>
                      {name}
                    </span>
                    <span className="flex shrink-0 gap-4">
                      {fields.map((field, i) =>
                        check(field, t(`partName.${PARTS[i] as MetricPart}`), nameOf(field).text),
                      )}
                    </span>
                  </div>
                ),
              )}
            </fieldset>
          );
        })}
        {found.length === 0 && <p className="py-3 text-muted">{t('noColumn', { text: search.slice(0, 80) })}</p>}
      </div>
    </>
  );
}
