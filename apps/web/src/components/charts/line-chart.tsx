'use client';

import type { EChartsType } from 'echarts/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTheme } from '#src/components/ui/use-theme.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { type Line, type LineAxes, lineOption } from './line-option.ts';
import { LineTable } from './line-table.tsx';

interface Props extends LineAxes {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Whether points are still to be read: an empty chart says nothing then. */
  readonly reading: boolean;
}

/** Lines over steps, with the same numbers as a table for those who do not see them. Its size never changes. */
export function LineChart({ title, lines, reading, x, y, range, logarithmic }: Props) {
  const t = useTranslations('chart');
  const theme = useTheme();
  const format = useFormat();
  const host = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let live = true;
    let made: EChartsType | undefined;
    const observer = new ResizeObserver(() => made?.resize());
    import('./engine.ts').then(
      ({ init }) => {
        if (!live || !host.current) return;
        made = init(host.current);
        observer.observe(host.current);
        setChart(made);
      },
      () => setFailed(true),
    );
    return () => {
      live = false;
      observer.disconnect();
      made?.dispose();
      setChart(null);
    };
  }, []);

  const option = useMemo(() => {
    const texts = { step: (step: number) => t('step', { step: String(step) }), value: format.metric };
    return lineOption(lines, { x, y, range, logarithmic }, theme, texts);
  }, [lines, x, y, range, logarithmic, theme, t, format]);

  useEffect(() => {
    chart?.setOption(option, { notMerge: true, lazyUpdate: true });
  }, [chart, option]);

  const broken = useMemo(
    () => lines.reduce((sum, { values }) => sum + values.filter((value) => !Number.isFinite(value)).length, 0),
    [lines],
  );
  const empty = lines.every((line) => line.steps.length === 0);
  return (
    <figure className="min-w-0" aria-label={title}>
      <div className="relative">
        <div ref={host} className="h-[280px] w-full" aria-hidden="true" />
        {(failed || (empty && !reading)) && (
          <p className="absolute inset-0 grid place-items-center text-small text-muted">
            {failed ? t('failed') : t('noPoints')}
          </p>
        )}
      </div>
      {broken > 0 && <p className="text-small text-caution">{t('notFinite', { count: broken })}</p>}
      <LineTable title={t('summary', { title, count: lines.length, axis: x })} lines={lines} />
    </figure>
  );
}
