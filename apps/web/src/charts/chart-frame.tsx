'use client';

import { type NumberFormat, numberFormat } from '@whorl/core';
import { memo, type ReactNode, useCallback, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { copyText } from '#src/ui/copy-button.tsx';
import { popupPlace } from '#src/ui/popup-place.ts';
import { type ChartExports, type ChartNumbers, csvFile, download } from './chart-exports.ts';
import { ChartMenu, type FileKind } from './chart-menu.tsx';
import { useFileName } from './file-subject.ts';
import { useFileTheme } from './file-theme.ts';

interface Props {
  readonly title: string;
  /** A note below the title, in small type. */
  readonly note?: ReactNode;
  /** What the lines stand for, where the page says so elsewhere: shown in full screen. */
  readonly legend?: ReactNode;
  /** Whether the legend is always shown. */
  readonly showsLegend?: boolean;
  /** The chart's own controls, at the end of the title line. */
  readonly controls?: ReactNode;
  /** How the chart becomes files; null while it is not drawn. */
  readonly exports: ChartExports | null;
  /** What the text alternative shows. Made when it is asked for. */
  readonly numbers: () => ChartNumbers;
  /** All numbers, for the CSV, where the text alternative is a summary of them. */
  readonly allNumbers?: () => ChartNumbers | Promise<ChartNumbers>;
  /** The chart's height; in full screen it fills the screen. With `auto` it is as high as its contents. */
  readonly height?: number | 'auto';
  readonly children: ReactNode;
}

const MOST_ROWS = 200;

/** The frame of every chart: title, controls, full screen, downloads as PNG, SVG and CSV, and its numbers as a table. */
export function ChartFrame({
  title,
  note,
  legend,
  showsLegend = false,
  controls,
  exports,
  numbers,
  allNumbers = numbers,
  height = 280,
  children,
}: Props) {
  const t = useTranslations('chartFrame');
  const figure = useRef<HTMLElement>(null);
  const titleId = useId();
  const [isFull, toggleFull] = useFullScreen(figure);
  const [showsNumbers, setShowsNumbers] = useState(false);
  const [failed, setFailed] = useState(false);

  // Deferred, so that the picture is drawn before the table of numbers.
  const told = useDeferredValue(numbers);

  const nameOf = useFileName();
  const [theme, setTheme] = useFileTheme();
  const trying = (work: () => Promise<void>) => {
    work().then(
      () => setFailed(false),
      () => setFailed(true),
    );
  };
  const save = (kind: FileKind) =>
    trying(async () => {
      if (kind === 'csv') {
        const every = await allNumbers();
        // The file name says that points were left out.
        download(nameOf(every.isThinned ? `${title} thinned` : title, kind), csvFile(every));
      } else if (kind === 'svg' && exports) {
        download(nameOf(title, kind), await exports.svg({ title, theme }), 'image/svg+xml;charset=utf-8');
      } else if (exports) download(nameOf(title, kind), await exports.png({ title, theme }));
    });

  return (
    <figure
      ref={figure}
      className={isFull ? 'flex min-w-0 flex-col overflow-auto bg-ground p-8' : 'min-w-0'}
      aria-labelledby={titleId}
      data-chart={title}
    >
      <div className="mb-1 flex min-h-8 flex-wrap items-center justify-between gap-x-4">
        <figcaption id={titleId} className="min-w-0 truncate font-medium" title={title}>
          {title}
        </figcaption>
        <div className="ml-auto flex flex-wrap items-center gap-x-3">
          {controls}
          <ChartMenu
            title={title}
            container={isFull ? figure : popupPlace()}
            isFull={isFull}
            onFull={toggleFull}
            showsNumbers={showsNumbers}
            onNumbers={() => setShowsNumbers(!showsNumbers)}
            canDraw={exports !== null}
            onSave={save}
            onCopy={(toText) => trying(() => copyText(toText(numbers())))}
            theme={theme}
            onTheme={setTheme}
          />
        </div>
      </div>
      {(isFull || showsLegend) && legend}
      {note && <p className="mb-2 max-w-[42rem] text-small text-muted">{note}</p>}
      <div className={isFull ? 'relative min-h-0 flex-1' : 'relative'} style={isFull ? undefined : { height }}>
        {children}
      </div>
      {!exports && <p className="hidden text-small text-caution print:block">{t('notDrawn')}</p>}
      {failed && (
        <p role="alert" className="mt-1 text-small text-alarm">
          {t('saveFailed')}
        </p>
      )}
      <div className={showsNumbers ? 'mt-2 max-h-80 overflow-auto' : 'sr-only'}>
        <NumbersTable title={title} numbers={told} />
      </div>
    </figure>
  );
}

interface NumbersProps {
  readonly title: string;
  readonly numbers: () => ChartNumbers;
}

/** The number format of a column. Whole numbers are written in full: they may be steps or seeds. */
function formatOf(cells: readonly unknown[]): NumberFormat {
  const column = cells.filter((cell) => typeof cell === 'number');
  return column.every(Number.isInteger) ? String : numberFormat(column);
}

/** The chart's numbers as a table, for readers who do not see the picture and for those who want numbers. */
const NumbersTable = memo(function NumbersTable({ title, numbers }: NumbersProps) {
  const t = useTranslations('chartFrame');
  const { columns, rows } = numbers();
  const formats = columns.map((_, c) => formatOf(rows.slice(0, MOST_ROWS).map((row) => row[c])));
  return (
    <>
      <table className="table">
        <caption className="sr-only">{t('numbersOf', { title })}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, i) => (
            <tr key={i}>
              {row.map((cell, c) => (
                <td key={columns[c]} className={typeof cell === 'number' ? 'number' : undefined}>
                  {typeof cell === 'number' ? formats[c]?.(cell) : (cell ?? '')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && (
        <p className="mt-1 text-small text-muted">{t('moreRows', { count: rows.length - MOST_ROWS })}</p>
      )}
    </>
  );
});

function useFullScreen(element: { readonly current: HTMLElement | null }): [boolean, () => void] {
  const [isFull, setIsFull] = useState(false);
  useEffect(() => {
    const look = () => setIsFull(document.fullscreenElement !== null && document.fullscreenElement === element.current);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, [element]);
  const toggle = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else element.current?.requestFullscreen?.().catch(() => {});
  }, [element]);
  return [isFull, toggle];
}
