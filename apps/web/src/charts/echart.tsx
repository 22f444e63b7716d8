'use client';

import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { printing } from '#src/ui/use-printing.ts';
import type { Theme } from '#src/ui/use-theme.ts';
import { type ChartExports, toPng } from './chart-exports.ts';
import { headingOf, type Legend } from './chart-heading.ts';
import { FONT } from './chart-ink.ts';
import { fontRules } from './file-font.ts';
import { SHEET_INK, SHEET_MARGIN, type Sheet } from './sheet.ts';

interface Props {
  /** A function, where it takes its time: it is called when the page stands. */
  readonly option: EChartsCoreOption | (() => EChartsCoreOption);
  /** Charts of one group share their crosshair and zoom. */
  readonly group?: string;
  /** Told the chart once it is there, and null when it goes. */
  readonly onChart?: (chart: EChartsType | null) => void;
  /** Said over an empty chart. */
  readonly message?: string | null;
}

/** One ECharts chart that fills its parent and follows its size. The library loads with the first chart. */
export function EChart({ option, group, onChart, message }: Props) {
  const t = useTranslations('chart');
  const host = useRef<HTMLDivElement>(null);
  const tell = useRef(onChart);
  tell.current = onChart;
  const given = useRef(0);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let live = true;
    let made: EChartsType | undefined;
    const observer = new ResizeObserver(() => made?.resize());
    import('./engine.ts').then(
      ({ init, connect }) => {
        if (!live || !host.current) return;
        made = init(host.current);
        if (group !== undefined) {
          made.group = group;
          connect(group);
        }
        // For who waits for the picture: how many series it has by now. (To ask the chart for its option copies it all.)
        const { dataset } = host.current;
        made.on('finished', () => {
          dataset.drawn = String(given.current);
        });
        observer.observe(host.current);
        setChart(made);
        tell.current?.(made);
      },
      () => setFailed(true),
    );
    return () => {
      live = false;
      observer.disconnect();
      made?.dispose();
      given.current = 0;
      setChart(null);
      tell.current?.(null);
    };
  }, [group]);

  useEffect(() => {
    if (!chart) return;
    const set = (lazyUpdate: boolean) => {
      const made = typeof option === 'function' ? option() : option;
      given.current = Array.isArray(made.series) ? made.series.length : 0;
      chart.setOption(made, { replaceMerge: ['series', 'xAxis', 'yAxis'], lazyUpdate });
    };
    // Before the first frame, which would be finished without anything in it, and who waits for the picture be misled.
    if (given.current === 0) return set(true);
    // Paper waits for no frame.
    if (printing()) {
      set(false);
      return chart.getZr().flush();
    }
    // Later pictures in the frame itself: what the page asks the server for at this moment is on its way first.
    const frame = requestAnimationFrame(() => {
      set(false);
      chart.getZr().flush();
    });
    return () => cancelAnimationFrame(frame);
  }, [chart, option]);

  const said = failed ? t('failed') : message;
  return (
    <>
      <div ref={host} className="absolute inset-0" aria-hidden="true" />
      {said && <p className="absolute inset-0 grid place-items-center text-small text-muted">{said}</p>}
    </>
  );
}

/**
 * The exports of an ECharts chart: drawn again in the theme of the file, below what stands above the chart on the page.
 * @param optionOf the chart's configuration in a theme
 */
export function echartExports(
  chart: EChartsType,
  legend: Legend,
  optionOf: (theme: Theme) => EChartsCoreOption,
): ChartExports {
  const draw = async (
    sheet: Sheet,
    make: (width: number, height: number) => EChartsType | Promise<EChartsType>,
  ): Promise<EChartsType> => {
    const [inside, below] = [chart.getWidth(), chart.getHeight()];
    const width = inside + 2 * SHEET_MARGIN;
    const { elements, height: above } = headingOf(sheet, legend, width, textWidth);
    const copy = await make(width, above + below + SHEET_MARGIN);
    const option = optionOf(sheet.theme) as Record<string, unknown>;
    copy.setOption({
      ...option,
      grid: moved(option.grid, above),
      parallel: moved(option.parallel, above),
      toolbox: undefined,
      brush: undefined,
      tooltip: undefined,
      graphic: { elements },
      animation: false,
      backgroundColor: SHEET_INK[sheet.theme].ground,
    });
    return copy;
  };
  return {
    png: async (sheet) => {
      const { init } = await import('./engine.ts');
      const copy = await draw(sheet, (width, height) => init(document.createElement('div'), null, { width, height }));
      const png = await toPng(copy.renderToCanvas({ pixelRatio: 2, backgroundColor: SHEET_INK[sheet.theme].ground }));
      copy.dispose();
      return png;
    },
    svg: async (sheet) => {
      const { initSvg } = await import('./svg-engine.ts');
      const copy = await draw(sheet, initSvg);
      const svg = copy.renderToSVGString();
      copy.dispose();
      const rules = `<style>${await fontRules(svg)}</style>`;
      return svg.replace(/^(<svg[^>]*>)/, `$1${rules.replaceAll('$', '$$$$')}`);
    },
  };
}

/** A coordinate system below the heading, with the sheet's margin around it. */
function moved(part: unknown, above: number): unknown {
  if (typeof part !== 'object' || part === null) return undefined;
  const { top = 0, left = 0, right = 0, bottom = 0, ...rest } = part as Readonly<Record<string, number>>;
  return {
    ...rest,
    top: top + above,
    left: left + SHEET_MARGIN,
    right: right + SHEET_MARGIN,
    bottom: bottom + SHEET_MARGIN,
  };
}

/** How wide a text of 12 pixels is. */
function textWidth(text: string): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 7 * text.length;
  context.font = `12px ${FONT}`;
  return context.measureText(text).width;
}
