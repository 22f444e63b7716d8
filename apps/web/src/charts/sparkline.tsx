import { drawnEnds } from './resolution.ts';

interface Props {
  /** The least and greatest value of each part of the curve, in order. */
  readonly lows: readonly number[];
  readonly highs: readonly number[];
  /** A description in words. */
  readonly alt: string;
  /** The ends of the scale; the curve's own where they are left out. */
  readonly range?: readonly [number, number] | undefined;
}

const WIDTH = 80;
const HEIGHT = 24;
/** Room for half of the line's width. */
const EDGE = 1;

/** A curve the size of a word, with gaps where there is no number. */
export function Sparkline({ lows, highs, alt, range }: Props) {
  const finite = [...lows, ...highs].filter(Number.isFinite);
  const [bottom, top] = range ?? drawnEnds(Math.min(...finite), Math.max(...finite));
  const x = (i: number) => EDGE + (i * (WIDTH - 2 * EDGE)) / Math.max(1, lows.length - 1);
  const y = (value: number) =>
    top > bottom ? HEIGHT - EDGE - ((value - bottom) / (top - bottom)) * (HEIGHT - 2 * EDGE) : HEIGHT / 2;
  let pen = 'M';
  const path = lows
    .map((low, i) => {
      const high = highs[i] as number;
      if (!Number.isFinite(low) || !Number.isFinite(high)) {
        pen = 'M';
        return '';
      }
      const at = x(i).toFixed(1);
      const point = `${pen}${at} ${y(low).toFixed(1)}${high > low ? `L${at} ${y(high).toFixed(1)}` : ''}`;
      pen = 'L';
      return point;
    })
    .join('');
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={alt}
      className="shrink-0 text-accent"
    >
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
