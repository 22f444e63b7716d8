'use client';

import { useSyncExternalStore } from 'react';

// The width below which the stylesheet narrows pinned columns.
const narrow = () => matchMedia('(width < 640px)');

function subscribe(listener: () => void): () => void {
  const media = narrow();
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** Whether the page is as narrow as a phone. */
export const useNarrow = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => narrow().matches,
    () => false,
  );
