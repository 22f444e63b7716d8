'use client';

import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { type ChartExports, toPng } from './chart-exports.ts';
import { type Heading, headingOf } from './chart-heading.ts';
import { FONT } from './chart-ink.ts';

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

/** The exports of an ECharts chart: the same option drawn again, below what stands above the chart on the page. */
export function echartExports(chart: EChartsType, heading: Heading): ChartExports {
  const draw = async (make: (width: number, height: number) => EChartsType | Promise<EChartsType>) => {
    const [width, height] = [chart.getWidth(), chart.getHeight()];
    const { elements, height: above } = headingOf(heading, width, textWidth);
    const copy = await make(width, height + above);
    const option = chart.getOption() as Record<string, unknown>;
    const lower = (parts: unknown) =>
      (parts as { top?: unknown }[] | undefined)?.map((part) =>
        typeof part.top === 'number' ? { ...part, top: part.top + above } : part,
      );
    copy.setOption({
      ...option,
      grid: lower(option.grid),
      parallel: lower(option.parallel),
      graphic: { elements },
      animation: false,
      backgroundColor: ground(),
    });
    return copy;
  };
  return {
    png: async () => {
      const { init } = await import('./engine.ts');
      const copy = await draw((width, height) => init(document.createElement('div'), null, { width, height }));
      const png = await toPng(copy.renderToCanvas({ pixelRatio: 2, backgroundColor: ground() }));
      copy.dispose();
      return png;
    },
    svg: async () => {
      const { initSvg } = await import('./svg-engine.ts');
      const copy = await draw(initSvg);
      const svg = copy.renderToSVGString();
      copy.dispose();
      return svg;
    },
  };
}

/** How wide a text of 12 pixels is. */
function textWidth(text: string): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 7 * text.length;
  context.font = `12px ${FONT}`;
  return context.measureText(text).width;
}

const ground = (): string => getComputedStyle(document.documentElement).backgroundColor;
