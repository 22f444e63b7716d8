'use client';

import { memo, useEffect, useRef } from 'react';
import { paintPoints, picturePixels } from '#src/charts/paint-boundary.ts';
import { useTheme } from '#src/ui/use-theme.ts';
import type { CellPoints } from '../model/messages.ts';
import { unitLines } from '../model/unit-lines.ts';

/** Pixels of the canvases of points and lines; they are shown as wide as there is room. */
const SIZE = 560;

interface Props {
  readonly label: string;
  readonly points: CellPoints | null;
  readonly picture: Uint8Array | null;
  /** The units whose lines are drawn; null draws none. */
  readonly units: Float32Array | null;
}

/**
 * A decision boundary that moves: what the network says of the plane, the points, and the lines of its units, each on a
 * canvas of its own, so that a frame paints few places and no point again.
 */
export const LivePicture = memo(function LivePicture({ label, points, picture, units }: Props) {
  const theme = useTheme();
  const [field, dots, lines] = [
    useRef<HTMLCanvasElement>(null),
    useRef<HTMLCanvasElement>(null),
    useRef<HTMLCanvasElement>(null),
  ];
  useEffect(() => {
    const context = field.current?.getContext('2d');
    if (!context || !picture || !points) return;
    const { classes, extent, grid } = points;
    const pixels = picturePixels({ grid, classes, extent, probabilities: picture }, theme);
    context.putImageData(new ImageData(pixels, grid, grid), 0, 0);
  }, [picture, points, theme]);
  useEffect(() => {
    const context = dots.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, SIZE, SIZE);
    if (points) paintPoints(context, points, points.extent, SIZE, theme);
  }, [points, theme]);
  useEffect(() => {
    const context = lines.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, SIZE, SIZE);
    if (!units || !points) return;
    const { extent } = points;
    const place = ([x, y]: readonly [number, number]) =>
      [((x / extent + 1) / 2) * SIZE, ((1 - y / extent) / 2) * SIZE] as const;
    context.strokeStyle = theme === 'light' ? '#1a1c1f' : '#f4f5f6';
    context.lineWidth = 1.5;
    for (const { from, to, share } of unitLines(units, extent)) {
      context.globalAlpha = 0.08 + 0.72 * share;
      context.beginPath();
      context.moveTo(...place(from));
      context.lineTo(...place(to));
      context.stroke();
    }
    context.globalAlpha = 1;
  }, [units, points, theme]);
  const grid = points?.grid ?? 1;
  const layer = 'absolute inset-0 size-full';
  return (
    <div
      role="img"
      aria-label={label}
      className="relative aspect-square w-full overflow-hidden rounded-[4px] bg-sunk"
      data-ready={picture !== null}
    >
      <canvas ref={field} width={grid} height={grid} className={layer} />
      <canvas ref={dots} width={SIZE} height={SIZE} className={layer} />
      {units && <canvas ref={lines} width={SIZE} height={SIZE} className={layer} />}
    </div>
  );
});
