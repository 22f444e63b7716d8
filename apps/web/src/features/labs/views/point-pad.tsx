'use client';

import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { classColour, css } from '#src/charts/classes.ts';
import { paintPoints } from '#src/charts/paint-boundary.ts';
import { useTheme } from '#src/ui/use-theme.ts';
import { CLASS_NAMES, type DrawnPoint, drawnPoint, LEAST_OF_CLASS, MOST_POINTS } from '../model/own-data.ts';

interface Props {
  readonly points: readonly DrawnPoint[];
  readonly onDraw: (points: readonly DrawnPoint[]) => void;
}

const SIZE = 560;
/** How far an arrow key moves. */
const STRIDE = 0.05;
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STRIDE, 0],
  ArrowRight: [STRIDE, 0],
  ArrowUp: [0, STRIDE],
  ArrowDown: [0, -STRIDE],
};

/** A square to draw points on: a click or a touch adds one, and so do the arrow keys with Enter. */
export function PointPad({ points, onDraw }: Props) {
  const t = useTranslations('labs.own');
  const theme = useTheme();
  const id = useId();
  const [label, setLabel] = useState(0);
  const [at, setAt] = useState<readonly [number, number] | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, SIZE, SIZE);
    const positions = Float32Array.from(points.flatMap(({ x, y }) => [x, y]));
    paintPoints(context, { positions, labels: Uint8Array.from(points, (point) => point.label) }, 1, SIZE, theme);
    if (!at) return;
    const [x, y] = [((at[0] + 1) / 2) * SIZE, ((1 - at[1]) / 2) * SIZE];
    context.strokeStyle = css(classColour(theme, label));
    context.lineWidth = 3;
    context.beginPath();
    context.moveTo(x - 14, y);
    context.lineTo(x + 14, y);
    context.moveTo(x, y - 14);
    context.lineTo(x, y + 14);
    context.stroke();
  }, [points, at, label, theme]);
  const add = (x: number, y: number) => {
    if (points.length < MOST_POINTS) onDraw([...points, drawnPoint(x, y, label)]);
  };
  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    add(((event.clientX - left) / width) * 2 - 1, 1 - ((event.clientY - top) / height) * 2);
  };
  const onKey = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    const [x, y] = at ?? [0, 0];
    if (move) setAt([Math.max(-1, Math.min(1, x + move[0])), Math.max(-1, Math.min(1, y + move[1]))]);
    else if (event.key === 'Enter' || event.key === ' ') add(x, y);
    else return;
    event.preventDefault();
  };
  return (
    <div>
      <fieldset className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-small">
        <legend className="mb-1 text-muted">{t('classOf')}</legend>
        {CLASS_NAMES.map((name, i) => (
          <label key={name} className="flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name={id}
              className="accent-accent"
              checked={label === i}
              onChange={() => setLabel(i)}
            />
            <span
              className="size-3 rounded-full"
              style={{ background: css(classColour(theme, i)) }}
              aria-hidden="true"
            />
            {name} ({points.filter((point) => point.label === i).length})
          </label>
        ))}
      </fieldset>
      <div
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: there is no element for a drawing board that keys move on
        tabIndex={0}
        aria-label={t('pad', { points: String(points.length) })}
        aria-describedby={`${id}-how`}
        className="cursor-crosshair touch-manipulation"
        onPointerDown={onPointer}
        onKeyDown={onKey}
        onFocus={(event) => event.target.matches(':focus-visible') && setAt((before) => before ?? [0, 0])}
        onBlur={() => setAt(null)}
      >
        <canvas ref={canvas} width={SIZE} height={SIZE} className="block aspect-square w-full rounded-[4px] bg-sunk" />
      </div>
      <p id={`${id}-how`} className="mt-2 text-small text-muted">
        {t('how', { least: String(LEAST_OF_CLASS), most: String(MOST_POINTS) })}
      </p>
      <div className="mt-2 flex gap-2">
        <button
          type="button"
          className="button"
          disabled={points.length === 0}
          onClick={() => onDraw(points.slice(0, -1))}
        >
          {t('takeBack')}
        </button>
        <button type="button" className="button" disabled={points.length === 0} onClick={() => onDraw([])}>
          {t('clear')}
        </button>
      </div>
    </div>
  );
}
