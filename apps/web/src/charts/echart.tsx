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
  /** A function where the option takes long to build: it is called after the page has been laid out. */
  readonly option: EChartsCoreOption | (() => EChartsCoreOption);
  /** Charts of one group share their crosshair and zoom. */
  readonly group?: string;
  /** Called with the chart when it is ready, and with null when it goes. */
  readonly onChart?: (chart: EChartsType | null) => void;
  /** Shown over an empty chart. */
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
        // The number of drawn series, for tests and benches that wait for the picture. (`getOption` would copy the whole
        // option.)
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
    // The first option is set at once: ECharts would finish an empty first frame, and whoever waits for the picture would be
    // misled.
    if (given.current === 0) return set(true);
    // A page that is being printed waits for no frame.
    if (printing()) {
      set(false);
      return chart.getZr().flush();
    }
    // Later options are set in the next frame, so that requests of this moment are sent first.
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
 * The exports of an ECharts chart: the chart drawn again in the file's theme, below its title and legend.
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

/** Moves a coordinate system below the heading and inside the sheet's margin. */
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
