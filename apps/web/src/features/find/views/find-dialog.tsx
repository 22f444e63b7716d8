'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import { Modal } from '#src/ui/modal.tsx';
import { type Findable, matching } from '../model/matching.ts';
import { numberedGroups, stepped } from '../model/stepping.ts';

interface Props {
  readonly concepts: readonly Findable[];
  readonly studies: readonly Findable[];
  readonly onClose: () => void;
}

/** A search starts after this long without a key. */
const TYPING_MS = 150;
/** As many of the concepts and studies as the server gives of the others. */
const MOST_SHOWN = 11;

/** The list of what a text finds, walked by the arrow keys and opened by Enter. */
export function FindDialog({ concepts, studies, onClose }: Props) {
  const t = useTranslations('find');
  const id = useId();
  const router = useRouter();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const recorded = useRecorded(text);
  const groups = numberedGroups([
    { title: t('concepts'), places: matching(concepts, text).slice(0, MOST_SHOWN) },
    { title: t('studies'), places: text.trim() === '' ? [] : matching(studies, text).slice(0, MOST_SHOWN) },
    { title: t('experiments'), places: recorded.experiments },
    { title: t('runs'), places: recorded.runs },
  ]);
  const all = groups.flatMap(({ places }) => places);
  const current = all[Math.min(at, all.length - 1)];
  const open = (place: Pick<Findable, 'href'> | undefined) => {
    if (!place) return;
    onClose();
    router.push(place.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const next = stepped(event.key, Math.min(at, all.length - 1), all.length);
    if (next === null && event.key !== 'Enter') return;
    event.preventDefault();
    if (next === null) open(current);
    else setAt(next);
  };
  return (
    <Modal open onOpenChange={onClose} title={t('title')}>
      <input
        type="text"
        className="field mt-4 w-full"
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-autocomplete="list"
        aria-label={t('title')}
        aria-activedescendant={current ? `${id}${all.indexOf(current)}` : undefined}
        placeholder={t('placeholder')}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label={t('found')} className="mt-3 min-h-40">
        {groups.map(({ title, places, from }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; these are options
          <div key={title} role="group" aria-labelledby={`${id}${title}`} className="mb-2">
            <p id={`${id}${title}`} className="px-2 text-small text-muted">
              {title}
            </p>
            {places.map((place, i) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
              // biome-ignore lint/a11y/useFocusableInteractive: the same
              <div
                key={place.href}
                id={`${id}${from + i}`}
                role="option"
                aria-selected={place === current}
                className={`cursor-pointer truncate rounded-[4px] px-2 py-1 ${place === current ? 'bg-sunk' : ''}`}
                onPointerMove={() => setAt(from + i)}
                onClick={() => open(place)}
              >
                {place.title}
                {place.beside && <span className="text-muted"> · {place.beside}</span>}
              </div>
            ))}
          </div>
        ))}
        {all.length === 0 && (
          <p role="status" className="px-2 text-muted">
            {t('nothing')}
          </p>
        )}
      </div>
    </Modal>
  );
}

const NOTHING = { experiments: [], runs: [] };

/** What is recorded under a name that holds the text, some time after the last key. */
function useRecorded(text: string) {
  const trpc = useTRPC();
  const { runHref, experimentHref } = useReach();
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { data = NOTHING } = useQuery(
    trpc.search.named.queryOptions({ text: asked }, { enabled: asked !== '', placeholderData: keepPreviousData }),
  );
  if (text.trim() === '') return NOTHING;
  return {
    experiments: data.experiments.map(({ id, name }) => ({ title: name, href: experimentHref?.(id) ?? '' })),
    runs: data.runs.map(({ id, name, experiment }) => ({ title: name, beside: experiment, href: runHref(id) })),
  };
}
