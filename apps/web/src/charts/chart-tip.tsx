import type { ReactNode } from 'react';

interface Props {
  /** The point that it is about, in pixels of the chart. */
  readonly x: number;
  readonly y: number;
  /** How wide the chart is: the tip stays within it. */
  readonly width: number;
  readonly children: ReactNode;
}

/** A tooltip within a chart. The chart's parent must be positioned. */
export function ChartTip({ x, y, width, children }: Props) {
  const side = x < width / 3 ? '0%' : x > (2 * width) / 3 ? '-100%' : '-50%';
  return (
    <div
      className="pointer-events-none absolute z-10 max-w-[280px] rounded-[6px] border border-line bg-raised px-3 py-2 text-small break-words shadow-[0_4px_16px_rgb(0_0_0/0.12)]"
      style={{ left: x, top: y - 12, transform: `translate(${side}, -100%)` }}
    >
      {children}
    </div>
  );
}
