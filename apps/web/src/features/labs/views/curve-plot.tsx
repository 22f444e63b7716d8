'use client';

import { linearTicks } from '@whorl/core';
import { useId } from 'react';
import { DASHES, type Look } from '#src/charts/looks.ts';
import { useWidth } from '#src/charts/use-width.ts';
import { curvePath } from '../model/curve-path.ts';

export interface PlotLine {
  readonly name: string;
  readonly look: Look;
  readonly count: number;
  readonly valueAt: (step: number) => number;
}

interface Props {
  readonly title: string;
  readonly lines: readonly PlotLine[];
  readonly steps: number;
  readonly low: number;
  readonly high: number;
  /** The step that the pictures show. */
  readonly at: number;
  /** Whether the values are powers of ten. */
  readonly powers?: boolean;
}

const HEIGHT = 120;
const [TICKS_X, TICKS_Y] = [4, 3];

/** Curves that grow, in a box whose ends are known before: one path a training, and nothing else is drawn anew. */
export function CurvePlot({ title, lines, steps, low, high, at, powers = false }: Props) {
  const [host, width] = useWidth(320);
  const id = useId();
  const share = (value: number) => 100 * (1 - (value - low) / (high - low));
  return (
    <figure className="min-w-0" aria-labelledby={id}>
      <figcaption id={id} className="text-small text-muted">
        {title}
      </figcaption>
      <div
        className={`mt-2 grid text-small text-muted ${powers ? 'grid-cols-[52px_minmax(0,1fr)]' : 'grid-cols-[40px_minmax(0,1fr)]'}`}
      >
        <div className="relative" aria-hidden="true">
          {linearTicks(low, high, TICKS_Y).map((value) => (
            <span key={value} className="absolute right-2 -translate-y-1/2" style={{ top: `${share(value)}%` }}>
              {powers ? <Power of={value} /> : value}
            </span>
          ))}
        </div>
        <div ref={host} className="overflow-hidden">
          <svg width={width} height={HEIGHT} className="block" role="img" aria-label={title}>
            {linearTicks(low, high, TICKS_Y).map((value) => {
              const y = (HEIGHT * share(value)) / 100;
              return <line key={value} x1="0" x2={width} y1={y} y2={y} className="stroke-line" />;
            })}
            {at > 0 && (
              <line x1={(width * at) / steps} x2={(width * at) / steps} y1="0" y2={HEIGHT} className="stroke-edge" />
            )}
            {lines.map(({ name, look, count, valueAt }) => (
              <path
                key={name}
                d={curvePath(valueAt, count, { steps, low, high, width, height: HEIGHT })}
                fill="none"
                strokeWidth="1.75"
                strokeLinejoin="round"
                strokeDasharray={DASHES[look.stroke].join(' ') || undefined}
                style={{ stroke: `light-dark(${look.colour.light}, ${look.colour.dark})` }}
              />
            ))}
          </svg>
        </div>
        <div className="relative col-start-2 h-5" aria-hidden="true">
          {linearTicks(0, steps, TICKS_X).map((step) => (
            <span
              key={step}
              className={`absolute top-1 ${step === 0 ? '' : step === steps ? '-translate-x-full' : '-translate-x-1/2'}`}
              style={{ left: `${(100 * step) / steps}%` }}
            >
              {step}
            </span>
          ))}
        </div>
      </div>
    </figure>
  );
}

const Power = ({ of }: { readonly of: number }) => (
  <>
    10<sup>{String(of).replace('-', '−')}</sup>
  </>
);
