'use client';

import { useTranslations } from 'use-intl/react';
import { CutName } from '#src/ui/cut-name.tsx';
import { useTheme } from '#src/ui/use-theme.ts';
import { classColour, css } from './classes.ts';

/** Colours repeat beyond these, so that a legend would confuse classes. */
const MOST_CLASSES = 8;

/** How many classes the legend shows. */
export const shownClasses = (classes: number): number => Math.min(classes, MOST_CLASSES);

interface Props {
  readonly classes: number;
  /** What a class is called. */
  readonly nameOf: (index: number) => string;
}

/** The legend of the classes. Its line is there before the number of classes is known, so that nothing moves. */
export function ClassLegend({ classes, nameOf }: Props) {
  const t = useTranslations('boundary');
  const theme = useTheme();
  return (
    <ul
      className="flex min-h-6 flex-wrap items-center gap-x-4 text-small"
      aria-label={t('classes')}
      data-classes={classes}
    >
      {Array.from({ length: shownClasses(classes) }, (_, index) => (
        <li key={index} className="flex min-w-0 max-w-full items-center gap-[6px]">
          <span
            className="size-[10px] shrink-0 rounded-full"
            style={{ backgroundColor: css(classColour(theme, index)) }}
            aria-hidden="true"
          />
          <span className="max-w-[32ch] truncate" title={nameOf(index)}>
            <CutName text={nameOf(index)} most={32} />
          </span>
        </li>
      ))}
    </ul>
  );
}
