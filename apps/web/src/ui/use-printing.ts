'use client';

import { useSyncExternalStore } from 'react';

// Whether the page is being printed. Components that render only when visible must then render, too.

let isPrinting = false;
const listeners = new Set<() => void>();

/** Is told when printing begins and ends. */
export function setPrinting(printing: boolean): void {
  if (isPrinting === printing) return;
  isPrinting = printing;
  for (const listener of listeners) listener();
}

function follow(): () => void {
  const media = matchMedia('print');
  const before = () => setPrinting(true);
  const after = () => setPrinting(false);
  const changed = () => setPrinting(media.matches);
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  media.addEventListener('change', changed);
  return () => {
    window.removeEventListener('beforeprint', before);
    window.removeEventListener('afterprint', after);
    media.removeEventListener('change', changed);
  };
}

let unfollow: (() => void) | null = null;

export function subscribeToPrinting(listener: () => void): () => void {
  listeners.add(listener);
  unfollow ??= follow();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    unfollow?.();
    unfollow = null;
  };
}

export const printing = (): boolean => isPrinting;

/** Whether the page is being printed. */
export const usePrinting = (): boolean => useSyncExternalStore(subscribeToPrinting, printing, () => false);
