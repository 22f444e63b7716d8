'use client';

import { Popover } from '@base-ui/react/popover';
import { type FieldInfo, parseField } from '@whorl/core';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';

interface Props {
  readonly infos: readonly FieldInfo[];
  readonly disabled: boolean;
  /** Sets tags; null removes one. */
  readonly onSet: (tags: Record<string, string | null>) => void;
}

const LONGEST = 200;

/** Adds a tag to the selected runs, or removes one from them. */
export function TagEditor({ infos, disabled, onSet }: Props) {
  const t = useTranslations('table');
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const known = infos.flatMap(({ field }) => {
    const parsed = parseField(field);
    return parsed.kind === 'tag' ? [parsed.key] : [];
  });
  return (
    <Popover.Root>
      <Popover.Trigger className="button" disabled={disabled}>
        {t('tag')}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="start" sideOffset={4} className="z-30">
          <Popover.Popup className="popup w-[320px] p-3" aria-label={t('tag')}>
            <form
              className="flex flex-wrap items-end gap-2"
              onSubmit={(event) => {
                event.preventDefault();
                if (!key.trim()) return;
                onSet({ [key.trim()]: value });
                setKey('');
                setValue('');
              }}
            >
              <input
                className="field min-w-0 flex-1"
                placeholder={t('tagName')}
                aria-label={t('tagName')}
                maxLength={LONGEST}
                value={key}
                onChange={(event) => setKey(event.target.value)}
              />
              <input
                className="field min-w-0 flex-1"
                placeholder={t('tagValue')}
                aria-label={t('tagValue')}
                maxLength={LONGEST}
                value={value}
                onChange={(event) => setValue(event.target.value)}
              />
              <button type="submit" className="button button-primary" disabled={!key.trim()}>
                {t('addTag')}
              </button>
            </form>
            {known.length > 0 && (
              <ul className="mt-3 border-t border-line pt-2">
                {known.map((tag) => (
                  <li key={tag} className="flex min-h-8 items-center justify-between gap-2">
                    <span className="min-w-0 truncate font-mono">{tag}</span>
                    <button
                      type="button"
                      className="icon-button w-auto px-2"
                      aria-label={t('removeTag', { name: tag })}
                      onClick={() => onSet({ [tag]: null })}
                    >
                      {t('remove')}
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
