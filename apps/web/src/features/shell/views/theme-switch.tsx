'use client';

import { useTranslations } from 'use-intl/react';
import { THEMES, type ThemeChoice, useThemeChoice } from '#src/ui/use-theme.ts';

const LABELS = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const satisfies Record<
  ThemeChoice,
  string
>;

/** Chooses light, dark or the system's theme. */
export function ThemeSwitch() {
  const t = useTranslations('app');
  const [choice, choose] = useThemeChoice();
  return (
    <select
      aria-label={t('theme')}
      className="min-h-8 rounded-[6px] bg-transparent px-1 text-small font-medium text-muted hover:text-ink [&>option]:bg-raised [&>option]:text-ink"
      value={choice}
      onChange={(event) => choose(THEMES.find((theme) => theme === event.target.value) ?? 'system')}
    >
      {THEMES.map((theme) => (
        <option key={theme} value={theme}>
          {t(LABELS[theme])}
        </option>
      ))}
    </select>
  );
}
