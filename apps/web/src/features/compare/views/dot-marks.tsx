import { fitText } from '#src/charts/fit-text.ts';
import { anchorWithin, labelWidth } from '#src/charts/label-width.ts';
import { tickText } from '#src/charts/line-scale.ts';
import type { Look } from '#src/charts/looks.ts';
import { AXIS, type Dot, type DotFrame, RADIUS } from '../model/dot-places.ts';

// The parts from which the dot chart is drawn.

export const inkOf = (colour: Look['colour'] | undefined): string =>
  colour ? `light-dark(${colour.light}, ${colour.dark})` : 'var(--color-ink)';

/** A run: a dot, or a cross where it has no finite value. */
export function DotMark({
  dot: { x, y, value },
  colour,
  isTold,
}: {
  readonly dot: Dot;
  readonly colour: Look['colour'] | undefined;
  readonly isTold: boolean;
}) {
  const stroke = isTold ? 'var(--color-ink)' : 'var(--color-ground)';
  if (!Number.isFinite(value)) {
    const r = RADIUS;
    return (
      <path
        d={`M${x - r} ${y - r}l${2 * r} ${2 * r}M${x + r} ${y - r}l${-2 * r} ${2 * r}`}
        strokeWidth={2}
        style={{ stroke: isTold ? 'var(--color-ink)' : inkOf(colour), fill: 'none' }}
      />
    );
  }
  return <circle cx={x} cy={y} r={RADIUS} strokeWidth={isTold ? 2 : 0.75} style={{ fill: inkOf(colour), stroke }} />;
}

/** A halo behind words, so that lines of the axis do not cross them. */
const HALO = { paintOrder: 'stroke', stroke: 'var(--color-ground)', strokeWidth: 4 } as const;

/** The texts of a row. */
export function LevelRow({
  name,
  numbers,
  top,
  head,
  isWide,
  width,
}: {
  readonly name: string;
  readonly numbers: string;
  readonly top: number;
  readonly head: string | undefined;
  readonly isWide: boolean;
  readonly width: number;
}) {
  return (
    <g>
      <title>{name}</title>
      {head !== undefined && (
        <text x={0} y={top - 6} style={{ fill: 'var(--color-muted)', ...HALO }}>
          {fitText(head, 2 * width)}
        </text>
      )}
      <text x={0} y={top + (isWide ? 20 : 16)} style={{ fill: 'var(--color-ink)', ...HALO }} fontWeight={500}>
        {fitText(name, width)}
      </text>
      <text x={0} y={top + (isWide ? 38 : 34)} style={{ fill: 'var(--color-muted)', ...HALO }}>
        {numbers}
      </text>
    </g>
  );
}

/** The mean as a diamond, its interval as a line with ends. */
export function MeanMark({
  mean,
  ends,
  y,
}: {
  readonly mean: number;
  readonly ends: readonly [number, number] | null;
  readonly y: number;
}) {
  const style = { stroke: 'var(--color-ink)', fill: 'var(--color-ink)' };
  return (
    <g style={style} strokeWidth={1.5}>
      {ends && (
        <path
          d={`M${ends[0]} ${y}H${ends[1]}M${ends[0]} ${y - 4}v8M${ends[1]} ${y - 4}v8`}
          style={{ ...style, fill: 'none' }}
        />
      )}
      <path d={`M${mean} ${y - 5}l4 5l-4 5l-4 -5z`} style={{ ...style, stroke: 'none' }} />
    </g>
  );
}

/** The axis: lines, numbers and name, and the margin for runs without a finite value. */
export function DotAxis({
  frame: { scale, from, to, height, edge, hasEdge },
  axis,
  width,
}: {
  readonly frame: DotFrame;
  readonly axis: string;
  readonly width: number;
}) {
  return (
    <>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={scale.at(tick)}
            x2={scale.at(tick)}
            y1={0}
            y2={height - AXIS}
            style={{ stroke: 'var(--color-line)' }}
          />
          <text
            x={scale.at(tick)}
            y={height - AXIS + 18}
            textAnchor={anchorWithin(scale.at(tick), labelWidth(tickText(tick)), width)}
            style={{ fill: 'var(--color-muted)' }}
          >
            {tickText(tick)}
          </text>
        </g>
      ))}
      <text x={(from + to) / 2} y={height - 6} textAnchor="middle" style={{ fill: 'var(--color-muted)' }}>
        {axis}
      </text>
      {hasEdge && (
        <g>
          <line
            x1={to + 12}
            x2={to + 12}
            y1={0}
            y2={height - AXIS}
            strokeDasharray="2 3"
            style={{ stroke: 'var(--color-edge)' }}
          />
          <text x={edge} y={height - AXIS + 18} textAnchor="middle" style={{ fill: 'var(--color-caution)' }}>
            NaN, ∞
          </text>
        </g>
      )}
    </>
  );
}
