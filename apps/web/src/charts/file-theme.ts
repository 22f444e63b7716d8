import { useSyncExternalStore } from 'react';
import type { Theme } from '#src/ui/use-theme.ts';

// The colours of saved pictures: light, for paper, until the reader chooses otherwise; then for every chart of the page.

let chosen: Theme = 'light';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function choose(theme: Theme): void {
  chosen = theme;
  for (const listener of listeners) listener();
}

/** In which colours pictures are saved, and how to choose. */
export const useFileTheme = (): [Theme, (theme: Theme) => void] => [
  useSyncExternalStore<Theme>(
    subscribe,
    () => chosen,
    () => 'light',
  ),
  choose,
];
