'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Findable } from './model/matching.ts';

// Loaded on demand: a page is read before anything is looked for.
const FindDialog = dynamic(() => import('./views/find-dialog.tsx').then(({ FindDialog }) => FindDialog));

interface Props {
  /** The pages of the app that have names of their own. */
  readonly concepts: readonly Findable[];
  readonly studies: readonly Findable[];
}

/** Finds concepts, studies, experiments and runs by name: Ctrl-K, or the button. */
export function FindEverything({ concepts, studies }: Props) {
  const t = useTranslations('find');
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
      if (key.toLowerCase() !== 'k' || !(ctrlKey || metaKey) || shiftKey || altKey || event.isComposing) return;
      event.preventDefault();
      setIsOpen(true);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      <button
        type="button"
        className="py-1 text-small font-medium text-muted hover:text-ink"
        aria-keyshortcuts="Control+K Meta+K"
        title="Ctrl+K"
        onClick={() => setIsOpen(true)}
      >
        {t('open')}
      </button>
      {isOpen && <FindDialog concepts={concepts} studies={studies} onClose={() => setIsOpen(false)} />}
    </>
  );
}
