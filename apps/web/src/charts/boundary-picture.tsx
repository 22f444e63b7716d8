'use client';

import { useEffect, useRef } from 'react';
import { type Theme, useTheme } from '#src/ui/use-theme.ts';
import { type Picture, type PointCloud, paintBoundary } from './paint-boundary.ts';
import { boundaryTicks, withMinusSign } from './ticks.ts';

/** What is written along the sides of a picture. */
export interface BoundaryAxes {
  /** The picture covers [-extent, extent] in both directions; null while that is unknown. */
  readonly extent: number | null;
  readonly x: string;
  readonly y: string;
}

/** How each canvas of the page was painted, to paint it again for a file that has another theme. */
const painted = new WeakMap<HTMLCanvasElement, (canvas: HTMLCanvasElement, theme: Theme) => void>();

/** The contents of a boundary's canvas, painted anew in the colours of a theme. */
export function repainted(canvas: HTMLCanvasElement, theme: Theme): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [canvas.width, canvas.height];
  painted.get(canvas)?.(copy, theme);
  return copy;
}

/** Whether an axis's name fits beside its numbers. Longer names, such as those of columns, are written along the axis. */
export const isShort = (name: string): boolean => name.length <= 2;

interface Props {
  readonly picture: Picture | null;
  readonly points: PointCloud | null;
  readonly label: string;
  /** Nothing is written where the picture is too small. Room for numbers is kept before they are known. */
  readonly axes?: BoundaryAxes | undefined;
  /** Pixels of the square canvas; it is shown as wide as there is room. */
  readonly size?: number;
}

/** A decision boundary as a picture; until its data arrive, an empty place of the same size. */
export function BoundaryPicture({ picture, points, label, axes, size = 960 }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  useEffect(() => {
    if (!canvas.current) return;
    paintBoundary(canvas.current, picture, points, theme);
    painted.set(canvas.current, (copy, other) => paintBoundary(copy, picture, points, other));
  }, [picture, points, theme]);
  const shown = (
    <canvas
      ref={canvas}
      width={size}
      height={size}
      role="img"
      aria-label={label}
      data-ready={picture !== null}
      className="block aspect-square w-full rounded-[4px] bg-sunk"
    />
  );
  if (!axes) return shown;
  const ticks = boundaryTicks(axes.extent);
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] text-small text-muted" data-axes={axes.extent ?? ''}>
      <div className="relative w-12" aria-hidden="true">
        {isShort(axes.y) ? (
          <span className="absolute top-1/2 left-0 -translate-y-1/2">{axes.y}</span>
        ) : (
          <span className="absolute inset-y-0 left-0 flex items-center">
            <span className="max-h-full rotate-180 truncate [text-orientation:sideways] [writing-mode:vertical-rl]">
              {axes.y}
            </span>
          </span>
        )}
        {ticks.map(({ value, share }) => (
          <span
            key={value}
            className="absolute right-0 flex -translate-y-1/2 items-center gap-1 tabular-nums"
            style={{ top: `${100 * (1 - share)}%` }}
          >
            {withMinusSign(value)}
            <span className="h-px w-1 bg-muted" />
          </span>
        ))}
      </div>
      {shown}
      <div className="relative col-start-2 h-10" aria-hidden="true">
        {ticks.map(({ value, share }) => (
          <span
            key={value}
            className="absolute top-0 flex -translate-x-1/2 flex-col items-center tabular-nums"
            style={{ left: `${100 * share}%` }}
          >
            <span className="h-1 w-px bg-muted" />
            {withMinusSign(value)}
          </span>
        ))}
        <span className="absolute inset-x-0 bottom-0 truncate text-center">{axes.x}</span>
      </div>
    </div>
  );
}
