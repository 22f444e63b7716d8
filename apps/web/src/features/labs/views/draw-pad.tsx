'use client';

import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { type Ink, type Looked, pictureOf, SIDE, withLine } from '../model/drawing.ts';

type Place = readonly [x: number, y: number];

interface Props {
  readonly looked: Looked;
  /** The picture of a digit of the test set, once it is known. */
  readonly sample: Float32Array | null;
  readonly onLook: (looked: Looked) => void;
}

const MOVES: Readonly<Record<string, Place>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const NO_INK = new Uint8Array(SIDE * SIDE);
const within = (at: number): number => Math.min(SIDE - 1, Math.max(0, at));

/** A field to draw a digit in, by mouse, finger or keys, and digits of the test set to take instead. */
export function DrawPad({ looked, sample, onLook }: Props) {
  const t = useTranslations('labs.digits');
  const canvas = useRef<HTMLCanvasElement>(null);
  const helpId = useId();
  const last = useRef<Place | null>(null);
  const [cursor, setCursor] = useState<Place>([13, 6]);
  const [isFocused, setIsFocused] = useState(false);
  const isDrawn = 'ink' in looked;
  // Strokes that follow each other faster than the page is drawn must not lose each other's ink.
  const ink = useRef<Ink>(NO_INK);
  ink.current = isDrawn ? looked.ink : NO_INK;
  const picture = isDrawn ? pictureOf(looked.ink) : sample;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const shown = isDrawn ? Float32Array.from(looked.ink) : (picture ?? new Float32Array(SIDE * SIDE));
    const pixels = new Uint8ClampedArray(4 * shown.length);
    for (const [i, value] of shown.entries()) pixels.set([255 * value, 255 * value, 255 * value, 255], 4 * i);
    context.putImageData(new ImageData(pixels, SIDE, SIDE), 0, 0);
  }, [looked, isDrawn, picture]);

  const draw = (from: Place, to: Place) => {
    ink.current = withLine(ink.current, from, to);
    onLook({ ink: ink.current });
  };
  const placeOf = (event: PointerEvent<HTMLElement>): Place => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    return [(SIDE * (event.clientX - left)) / width - 0.5, (SIDE * (event.clientY - top)) / height - 0.5];
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (!move && event.key !== ' ') return;
    event.preventDefault();
    const to: Place = move ? [within(cursor[0] + move[0]), within(cursor[1] + move[1])] : cursor;
    if (!move || event.shiftKey) draw(cursor, to);
    setCursor(to);
  };
  return (
    <div>
      <div
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys draw in it
        tabIndex={0}
        aria-label={t('pad')}
        aria-describedby={helpId}
        className="relative size-[196px] cursor-crosshair touch-none overflow-hidden rounded-[4px]"
        data-testid="pad"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          last.current = placeOf(event);
          draw(last.current, last.current);
        }}
        onPointerMove={(event) => {
          if (!last.current) return;
          const to = placeOf(event);
          draw(last.current, to);
          last.current = to;
        }}
        onPointerUp={() => {
          last.current = null;
        }}
        onPointerCancel={() => {
          last.current = null;
        }}
        onKeyDown={onKeyDown}
        onFocus={() => setIsFocused(true)}
        onBlur={() => setIsFocused(false)}
      >
        <canvas ref={canvas} width={SIDE} height={SIDE} className="size-full [image-rendering:pixelated]" />
        {isFocused && (
          <span
            aria-hidden
            className="pointer-events-none absolute size-[14px] border-2 border-[#e0b53c]"
            style={{ left: 7 * cursor[0], top: 7 * cursor[1] }}
          />
        )}
      </div>
      <p id={helpId} className="mt-2 max-w-[196px] text-small text-muted">
        {t('padHelp')}
      </p>
      <button type="button" className="button mt-2" onClick={() => onLook({ ink: NO_INK })}>
        {t('clear')}
      </button>
    </div>
  );
}
