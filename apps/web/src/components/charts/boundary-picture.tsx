'use client';

import { useEffect, useRef } from 'react';
import { type Theme, useTheme } from '#src/components/ui/use-theme.ts';
import { type Picture, type PointCloud, paintBoundary } from './paint-boundary.ts';

/** What is painted on the canvases of the page: a file may be in another theme than the page. */
const painted = new WeakMap<HTMLCanvasElement, (canvas: HTMLCanvasElement, theme: Theme) => void>();

/** What is on a boundary's canvas, painted in the colours of a theme. */
export function repainted(canvas: HTMLCanvasElement, theme: Theme): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [canvas.width, canvas.height];
  painted.get(canvas)?.(copy, theme);
  return copy;
}

interface Props {
  readonly picture: Picture | null;
  readonly points: PointCloud | null;
  readonly label: string;
  /** Pixels of the square canvas; it is shown as wide as there is room. */
  readonly size?: number;
}

/** A decision boundary as a picture. Until its data is there, the place it will take. */
export function BoundaryPicture({ picture, points, label, size = 960 }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  useEffect(() => {
    if (!canvas.current) return;
    paintBoundary(canvas.current, picture, points, theme);
    painted.set(canvas.current, (copy, other) => paintBoundary(copy, picture, points, other));
  }, [picture, points, theme]);
  return (
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
}
