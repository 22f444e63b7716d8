'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';

// Loaded on demand: most readers never open it.
const KeysDialog = dynamic(() => import('./keys-dialog.tsx').then(({ KeysDialog }) => KeysDialog));

const NO_TEXT: readonly string[] = ['checkbox', 'radio', 'range', 'button', 'submit', 'reset', 'color', 'file'];

/** Whether a key pressed there would type text. */
function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !NO_TEXT.includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** The search field of the page; null where it has no visible one. */
const searchField = (): HTMLInputElement | null =>
  [...document.querySelectorAll<HTMLInputElement>('input[data-search]')].find((field) => field.checkVisibility()) ??
  null;

/** `/` focuses the search field, Escape leaves it, `?` lists all keys. */
export function KeyboardHelp() {
  const t = useTranslations('keys');
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (key === 'Escape' && target instanceof HTMLInputElement && target.dataset.search !== undefined) {
        // The first Escape in a field of type `search` empties it.
        if (target.type !== 'search' || target.value === '') target.blur();
        return;
      }
      if (isWriting(target) || document.querySelector('[role="dialog"], [role="menu"]')) return;
      if (key === '?') {
        event.preventDefault();
        setIsOpen(true);
      } else if (key === '/') {
        const field = searchField();
        if (!field) return;
        event.preventDefault();
        field.focus();
        field.select();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      <button
        type="button"
        className="icon-button hidden font-medium sm:inline-grid"
        aria-label={t('title')}
        aria-keyshortcuts="?"
        title={`${t('title')} (?)`}
        onClick={() => setIsOpen(true)}
      >
        ?
      </button>
      {isOpen && <KeysDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}
