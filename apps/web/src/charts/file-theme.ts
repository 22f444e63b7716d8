import { useSyncExternalStore } from 'react';
import type { Theme } from '#src/ui/use-theme.ts';

// The theme of saved pictures: light, as for paper, until the reader chooses another one, which then holds for every chart
// of the page.

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

/** The theme of saved pictures, and a function that sets it. */
export const useFileTheme = (): [Theme, (theme: Theme) => void] => [
  useSyncExternalStore<Theme>(
    subscribe,
    () => chosen,
    () => 'light',
  ),
  choose,
];
