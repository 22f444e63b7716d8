'use client';

import { useEffect, useRef } from 'react';
import { useTheme } from '#src/components/ui/use-theme.ts';
import { type Picture, type PointCloud, paintBoundary } from './paint-boundary.ts';

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
    if (canvas.current) paintBoundary(canvas.current, picture, points, theme);
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
