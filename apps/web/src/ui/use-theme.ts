'use client';

import { useSyncExternalStore } from 'react';
import { THEME_KEY } from './theme-script.ts';
import { printing, subscribeToPrinting } from './use-printing.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEMES)[number];
export type Theme = 'light' | 'dark';

const listeners = new Set<() => void>();
const dark = () => matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  const system = dark();
  listeners.add(listener);
  system.addEventListener('change', listener);
  const unsubscribe = subscribeToPrinting(listener);
  return () => {
    unsubscribe();
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
}

function chosen(): ThemeChoice {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** The current theme, always light on paper, for canvases that CSS cannot colour. */
export function useTheme(): Theme {
  return useSyncExternalStore<Theme>(
    subscribe,
    () => {
      if (printing()) return 'light';
      const choice = chosen();
      if (choice !== 'system') return choice;
      return dark().matches ? 'dark' : 'light';
    },
    () => 'light',
  );
}

/** The reader's choice of theme, and a function that sets it. */
export function useThemeChoice(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const choice = useSyncExternalStore<ThemeChoice>(subscribe, chosen, () => 'system');
  return [choice, choose];
}

function choose(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  try {
    if (choice === 'system') localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, choice);
  } catch {
    // without storage the choice lasts as long as the page
  }
  for (const listener of listeners) listener();
}
