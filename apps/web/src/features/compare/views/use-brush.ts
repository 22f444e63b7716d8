'use client';

import type { EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';
import type { PlacedRun } from './scatter-option.ts';

interface BrushEnd {
  readonly areas: readonly { readonly coordRange?: readonly (readonly [number, number])[] }[];
}

/**
 * Selects runs by a rectangle drawn with a mouse. On touch screens the gesture scrolls the page, and runs are selected in
 * the table.
 */
export function useBrush(
  chart: EChartsType | null,
  placed: readonly PlacedRun[],
  onSelect: (ids: readonly string[]) => void,
  isCleared: boolean,
): void {
  const now = useRef({ placed, onSelect });
  now.current = { placed, onSelect };
  useEffect(() => {
    if (!chart || !matchMedia('(pointer: fine)').matches) return;
    let isReady = false;
    const ready = () => {
      if (isReady) return;
      isReady = true;
      chart.dispatchAction({
        type: 'takeGlobalCursor',
        key: 'brush',
        brushOption: { brushType: 'rect', brushMode: 'single' },
      });
    };
    const ended = (event: unknown) => {
      const [area] = (event as BrushEnd).areas;
      const [across, up] = area?.coordRange ?? [];
      if (!across || !up) return now.current.onSelect([]);
      const within = (value: number, [from, to]: readonly [number, number]) => value >= from && value <= to;
      const found = now.current.placed.filter(({ x, y }) => within(x, across) && within(y, up));
      now.current.onSelect(found.map(({ run }) => run.id));
    };
    chart.on('finished', ready);
    chart.on('brushEnd', ended);
    return () => {
      if (chart.isDisposed()) return;
      chart.off('finished', ready);
      chart.off('brushEnd', ended);
    };
  }, [chart]);
  const wasCleared = useRef(true);
  useEffect(() => {
    const isNews = isCleared && !wasCleared.current;
    wasCleared.current = isCleared;
    if (isNews && chart && !chart.isDisposed()) chart.dispatchAction({ type: 'brush', areas: [] });
  }, [chart, isCleared]);
}
