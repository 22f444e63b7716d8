'use client';

import { useEffect, useRef } from 'react';
import { DASHES, type Look } from '#src/charts/looks.ts';
import { useTheme } from '#src/ui/use-theme.ts';
import { BANDS, bandRuns } from '../model/loss-bands.ts';
import type { FlatPath, PathSurface } from '../model/weight-paths.ts';

/** Pixels of a side of the canvas, and units of a side of the lines above it. */
const [PIXELS, SIDE] = [320, 320];

interface Props {
  readonly label: string;
  readonly surface: PathSurface | null;
  /** Of all trainings of the lab. */
  readonly looks: readonly Look[];
  /** The step that is looked at: what lies beyond is pale. */
  readonly at: number;
}

/** Bands of equal loss, the darker the higher, and above them the paths, from the ring at their common start. */
export function PathsPicture({ label, surface, looks, at }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  // The colour is that of the theme, and painted anew with it.
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !canvas.current) return;
    context.clearRect(0, 0, PIXELS, PIXELS);
    if (!surface) return;
    context.fillStyle = getComputedStyle(canvas.current).color;
    for (const { row, from, to, band } of bandRuns(surface.grid, PIXELS)) {
      context.globalAlpha = (0.75 * band) / (BANDS - 1);
      context.fillRect(from, row, to - from, 1);
    }
  }, [surface, theme]);
  return (
    <div role="img" aria-label={label} className="relative aspect-square w-full overflow-hidden rounded-[4px] bg-sunk">
      <canvas ref={canvas} width={PIXELS} height={PIXELS} className="absolute inset-0 size-full text-accent" />
      {surface && (
        <svg viewBox={`0 0 ${SIDE} ${SIDE}`} className="absolute inset-0 size-full" aria-hidden="true">
          {surface.cells.map((cell, i) => (
            <PathLine
              key={cell}
              path={surface.paths[i] as FlatPath}
              place={placeIn(surface)}
              look={looks[cell] as Look}
              at={at}
            />
          ))}
          <Start place={placeIn(surface)} />
        </svg>
      )}
    </div>
  );
}

type Place = (x: number, y: number) => readonly [number, number];

const placeIn = ({ grid: { size, spacing, left, below } }: PathSurface): Place => {
  const unit = SIDE / (size - 1);
  return (x, y) => [(x / spacing + left) * unit, SIDE - (y / spacing + below) * unit];
};

interface LineProps {
  readonly path: FlatPath;
  readonly place: Place;
  readonly look: Look;
  readonly at: number;
}

function PathLine({ path: { points }, place, look, at }: LineProps) {
  const lineOf = (some: FlatPath['points']) =>
    some
      .map(({ x, y }) =>
        place(x, y)
          .map((value) => value.toFixed(1))
          .join(),
      )
      .join(' ');
  const past = points.filter(({ step }) => step <= at);
  const [now] = past.slice(-1);
  const stroke = { stroke: `light-dark(${look.colour.light}, ${look.colour.dark})` };
  const [x, y] = now ? place(now.x, now.y) : [0, 0];
  return (
    <g fill="none" strokeLinejoin="round">
      <polyline points={lineOf(points)} strokeWidth="1.5" opacity="0.4" style={stroke} />
      <polyline points={lineOf(past)} strokeWidth="4.5" className="stroke-ground" />
      <polyline
        points={lineOf(past)}
        strokeWidth="2.25"
        strokeDasharray={DASHES[look.stroke].join(' ') || undefined}
        style={stroke}
      />
      {now && (
        <circle
          cx={x}
          cy={y}
          r="5"
          strokeWidth="1.5"
          className="stroke-ground"
          style={{ fill: `light-dark(${look.colour.light}, ${look.colour.dark})` }}
        />
      )}
    </g>
  );
}

function Start({ place }: { readonly place: Place }) {
  const [x, y] = place(0, 0);
  return <circle cx={x} cy={y} r="4" strokeWidth="2" className="fill-ground stroke-ink" />;
}
