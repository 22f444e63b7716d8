'use client';

import { DASHES, type Look } from '#src/charts/looks.ts';
import { useWidth } from '#src/charts/use-width.ts';

export interface NormLine {
  readonly name: string;
  readonly look: Look;
  /** From the input on. */
  readonly norms: readonly number[];
}

interface Props {
  readonly title: string;
  readonly axis: string;
  readonly lines: readonly NormLine[];
}

const HEIGHT = 200;
/** Pixels beside the first and the last layer. */
const ENDS = 6;
/** Powers of ten: what is smaller is drawn at the edge. */
const [LOW, HIGH] = [-12, 2];
const POWERS = [-12, -8, -4, 0];

/** Gradient norms by layer on a logarithmic axis, one line a training. */
export function LayerPlot({ title, axis, lines }: Props) {
  const [host, width] = useWidth(600);
  const layers = Math.max(2, ...lines.map(({ norms }) => norms.length));
  const x = (layer: number) => ENDS + ((width - 2 * ENDS) * layer) / (layers - 1);
  const share = (power: number) => 1 - (power - LOW) / (HIGH - LOW);
  const y = (norm: number) => HEIGHT * share(Math.min(HIGH, Math.max(LOW, Math.log10(norm))));
  const every = Math.ceil(layers / 10);
  return (
    <figure className="mt-6 min-w-0">
      <figcaption className="text-small text-muted">{title}</figcaption>
      <div className="mt-2 grid grid-cols-[40px_minmax(0,1fr)] text-small text-muted">
        <div className="relative" aria-hidden="true">
          {POWERS.map((power) => (
            <span key={power} className="absolute right-2 -translate-y-1/2" style={{ top: `${100 * share(power)}%` }}>
              10<sup>{String(power).replace('-', '−')}</sup>
            </span>
          ))}
        </div>
        <div ref={host} className="overflow-hidden">
          <svg width={width} height={HEIGHT} className="block" role="img" aria-label={title}>
            {POWERS.map((power) => (
              <line
                key={power}
                x1="0"
                x2={width}
                y1={HEIGHT * share(power)}
                y2={HEIGHT * share(power)}
                className="stroke-line"
              />
            ))}
            {lines.map(({ name, look, norms }) => (
              <g key={name} style={{ color: `light-dark(${look.colour.light}, ${look.colour.dark})` }}>
                <polyline
                  points={norms.map((norm, i) => `${x(i)},${y(norm)}`).join(' ')}
                  fill="none"
                  stroke="currentColor"
                  strokeWidth="1.75"
                  strokeDasharray={DASHES[look.stroke].join(' ') || undefined}
                />
                {norms.map((norm, i) => (
                  <circle key={i} cx={x(i)} cy={y(norm)} r="2.5" fill="currentColor" />
                ))}
              </g>
            ))}
          </svg>
        </div>
        <div className="relative col-start-2 h-10" aria-hidden="true">
          {Array.from({ length: layers }, (_, i) => i).map((i) =>
            i % every === 0 || i === layers - 1 ? (
              // In shares of the width: what the server drew is wider than a phone.
              <span
                key={i}
                className="absolute top-1 -translate-x-1/2"
                style={{ left: `calc(${ENDS}px + ${i / (layers - 1)} * (100% - ${2 * ENDS}px))` }}
              >
                {i + 1}
              </span>
            ) : null,
          )}
          <span className="absolute inset-x-0 bottom-0 text-center">{axis}</span>
        </div>
      </div>
    </figure>
  );
}
