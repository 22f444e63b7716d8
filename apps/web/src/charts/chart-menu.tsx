'use client';

import { Menu } from '@base-ui/react/menu';
import { useTranslations } from 'use-intl/react';
import { MoreIcon } from '#src/ui/more-icon.tsx';
import { Tick } from '#src/ui/tick.tsx';
import type { Theme } from '#src/ui/use-theme.ts';
import type { ChartNumbers } from './chart-exports.ts';
import { toLatex, toMarkdown } from './table-text.ts';

/** The kinds of files that a chart is saved as. */
export type FileKind = 'png' | 'svg' | 'csv';

interface Props {
  readonly title: string;
  /** The element in which the menu opens: in full screen nothing outside of the chart is seen. */
  readonly container: Parameters<typeof Menu.Portal>[0]['container'];
  readonly isFull: boolean;
  readonly onFull: () => void;
  readonly showsNumbers: boolean;
  readonly onNumbers: () => void;
  /** Whether the chart is drawn, so that there is a picture to save. */
  readonly canDraw: boolean;
  readonly onSave: (kind: FileKind) => void;
  /** Copies the chart's numbers as a text. */
  readonly onCopy: (toText: (numbers: ChartNumbers) => string) => void;
  /** The theme of saved pictures. */
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
}

/** The menu of a chart: full screen, its numbers, files to save and tables to copy. */
export function ChartMenu(props: Props) {
  const t = useTranslations('chartFrame');
  const { title, container, isFull, onFull, showsNumbers, onNumbers, canDraw, onSave, onCopy, theme, onTheme } = props;
  return (
    <Menu.Root>
      <Menu.Trigger className="icon-button" aria-label={t('menu', { title })}>
        <MoreIcon />
      </Menu.Trigger>
      <Menu.Portal container={container}>
        <Menu.Positioner align="end" sideOffset={4} className="z-30">
          <Menu.Popup className="popup">
            <Menu.Item className="popup-item" onClick={onFull}>
              {isFull ? t('leaveFullScreen') : t('fullScreen')}
            </Menu.Item>
            <Menu.Item className="popup-item" onClick={onNumbers}>
              {showsNumbers ? t('hideNumbers') : t('showNumbers')}
            </Menu.Item>
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.Item className="popup-item" disabled={!canDraw} onClick={() => onSave('png')}>
              {t('png')}
            </Menu.Item>
            <Menu.Item className="popup-item" disabled={!canDraw} onClick={() => onSave('svg')}>
              {t('svg')}
            </Menu.Item>
            <Menu.Item className="popup-item" onClick={() => onSave('csv')}>
              {t('csv')}
            </Menu.Item>
            <Menu.Item className="popup-item" onClick={() => onCopy(toMarkdown)}>
              {t('copyMarkdown')}
            </Menu.Item>
            <Menu.Item className="popup-item" onClick={() => onCopy(toLatex)}>
              {t('copyLatex')}
            </Menu.Item>
            {canDraw && (
              <>
                <Menu.Separator className="my-1 h-px bg-line" />
                <Menu.RadioGroup value={theme} onValueChange={onTheme} aria-label={t('fileTheme')}>
                  <div className="px-3 pt-2 pb-1 text-muted" aria-hidden="true">
                    {t('fileTheme')}
                  </div>
                  {(['light', 'dark'] as const).map((value) => (
                    <Menu.RadioItem key={value} className="popup-item" value={value} closeOnClick={false}>
                      <Tick shown={value === theme} />
                      {t(`fileTheme_${value}`)}
                    </Menu.RadioItem>
                  ))}
                </Menu.RadioGroup>
              </>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
