import type { Range } from '@whorl/core';
import type { LinePicture } from './line-picture.ts';
import { span } from './line-picture.ts';

// Our own scales and ticks: the picture's ends are known before it is drawn, so that the crosshair and the selection
// find their place without asking, and a chart that grows moves its axis in whole steps only.

export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly logarithmic: boolean;
  readonly ticks: readonly number[];
}

/** Where a value lies between the ends of the scale: 0 to 1 inside. NaN for what has no place on it. */
export function placeOn({ from, to, logarithmic }: Scale, value: number): number {
  if (!logarithmic) return (value - from) / (to - from);
  return value > 0 ? Math.log(value / from) / Math.log(to / from) : Number.NaN;
}

/** The value at a place of the scale. */
export function valueAt({ from, to, logarithmic }: Scale, place: number): number {
  return logarithmic ? from * (to / from) ** place : from + place * (to - from);
}

/** A step of 1, 2 or 5 times a power of ten of which about `count` fill the span. */
function niceStep(length: number, count: number): number {
  const rough = length / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = rough / power;
  return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
}

function linearTicks(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  const digits = Math.max(0, Math.ceil(-Math.log10(step)) + 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const tick = (first + i) * step;
    return digits <= 100 ? Number(tick.toFixed(digits)) : tick;
  });
}

function logTicks(from: number, to: number, count: number): number[] {
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.floor(Math.log10(to) + 1e-9);
  const decades = last - first + 1;
  const every = Math.max(1, Math.ceil(decades / count));
  const powers = Array.from({ length: Math.max(0, decades) }, (_, i) => first + i).filter(
    (power) => power % every === 0,
  );
  if (powers.length >= 3) return powers.map((power) => Number(`1e${power}`));
  const fine = [];
  for (let power = first - 1; power <= last; power++) {
    for (const digit of [1, 2, 5]) {
      const tick = Number(`${digit}e${power}`);
      if (tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9)) fine.push(tick);
    }
  }
  return fine;
}

/** A horizontal scale with exactly these ends. `unit` of the axis make one of what its labels count. */
export function xScale(
  ends: readonly [number, number],
  logarithmic: boolean,
  count: number,
  unit: number,
  whole: boolean,
): Scale {
  let [from, to] = ends;
  if (logarithmic && to > 0) {
    if (!(from > 0)) from = Math.min(1, to / 10);
    if (from === to) to = from * 10;
    return { from, to, logarithmic, ticks: logTicks(from / unit, to / unit, count).map((tick) => tick * unit) };
  }
  if (from === to) [from, to] = whole ? [from - 1, to + 1] : [from - 0.5, to + 0.5];
  const step = niceStep((to - from) / unit, count);
  const ticks = linearTicks(from / unit, to / unit, whole ? Math.max(1, step) : step);
  return { from, to, logarithmic: false, ticks: ticks.map((tick) => tick * unit) };
}

const CLIPPED: readonly [number, number] = [0.01, 0.99];
/** An interval over few seeds is wide: it may take this much of the picture beyond the lines on each side. */
const BAND_SHARE = 0.35;

/** Where points lie across, in ascending order, and up. */
type Columns = readonly [xs: ArrayLike<number>, ys: ArrayLike<number>];

interface VerticalOptions {
  readonly logarithmic: boolean;
  readonly clip: boolean;
  /** The ends where they are known beforehand and everything is in view. */
  readonly known?: readonly [number, number] | undefined;
}

/**
 * The vertical scale of what is in view. Hidden groups count: to hide or show one moves no other's line.
 * @param view what is in view on the horizontal axis
 */
export function yScale(picture: LinePicture, view: Range, options: VerticalOptions): Scale {
  const { logarithmic, clip, known } = options;
  if (known && !logarithmic && !clip)
    return { from: known[0], to: known[1], logarithmic, ticks: linearTicks(...known, 0.2) };
  const lines: Columns[] = picture.runs.map(({ xs, ys }) => [xs, ys]);
  const bands: Columns[] = [];
  for (const { mean } of picture.groups) {
    if (!mean) continue;
    lines.push([mean.xs, mean.mean]);
    bands.push([mean.xs, mean.low], [mean.xs, mean.high]);
  }
  const [low, high] = (clip ? quantiles : extremes)(lines, view, logarithmic);
  if (!(low <= high)) return logarithmic ? logScale(0.1, 1) : linearScale(0, 1);
  const [least, most] = extremes(bands, view, logarithmic);
  if (logarithmic) {
    const room = (high / low) ** BAND_SHARE;
    return logScale(Math.min(low, Math.max(least, low / room)), Math.max(high, Math.min(most, high * room)));
  }
  const room = (high - low) * BAND_SHARE;
  if (clip) return linearScale(low, high);
  // An interval around values of zero and above may reach below; the picture need not.
  if (low >= 0)
    return linearScale(
      Math.max(0, Math.min(low, Math.max(least, low - room))),
      Math.max(high, Math.min(most, high + room)),
    );
  return linearScale(Math.min(low, Math.max(least, low - room)), Math.max(high, Math.min(most, high + room)));
}

function linearScale(low: number, high: number): Scale {
  if (low === high) {
    const half = Math.abs(low) * 0.1 || 1;
    [low, high] = [low - half, high + half];
  }
  const step = niceStep(high - low, 4);
  if (!(step > 0 && step < 1e300)) return { from: low, to: high, logarithmic: false, ticks: [low, high] };
  const [from, to] = [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
  const ticks = linearTicks(from, to, step);
  // The ends are the first and last tick to the last bit: 7 * 0.1 is more than 0.7, which would have no label.
  return { from: ticks[0] ?? from, to: ticks.at(-1) ?? to, logarithmic: false, ticks };
}

/** Beyond these, powers of ten are no doubles any more. */
const [LEAST, MOST] = [1e-300, 1e300];

function logScale(low: number, high: number): Scale {
  const [below, above] = [low, high].map((end) => Math.min(MOST, Math.max(LEAST, end))) as [number, number];
  const around = (value: number) => [1, 2, 5, 10].map((digit) => digit * 10 ** Math.floor(Math.log10(value)));
  const from = Math.max(...around(below).filter((tick) => tick <= below * (1 + 1e-9)));
  const to = Math.min(...around(above).filter((tick) => tick >= above * (1 - 1e-9)));
  const [least, most] = from < to ? [from, to] : [from / 2, to * 2];
  return { from: least, to: most, logarithmic: true, ticks: logTicks(least, most, 5) };
}

/** Gives every value that can be drawn in view. */
function visit(columns: readonly Columns[], view: Range, logarithmic: boolean, take: (value: number) => void): void {
  for (const [xs, ys] of columns) {
    const [first, end] = span(xs, view);
    for (let i = first; i < end; i++) {
      const y = ys[i] as number;
      if (Number.isFinite(y) && (!logarithmic || y > 0)) take(y);
    }
  }
}

/** The lowest and the highest; the infinities the wrong way round where there is nothing in view. */
function extremes(columns: readonly Columns[], view: Range, logarithmic: boolean): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  visit(columns, view, logarithmic, (value) => {
    if (value < low) low = value;
    if (value > high) high = value;
  });
  return [low, high];
}

function quantiles(columns: readonly Columns[], view: Range, logarithmic: boolean): [number, number] {
  const values: number[] = [];
  visit(columns, view, logarithmic, (value) => values.push(value));
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return [at(CLIPPED[0]), at(CLIPPED[1])];
}

/** A number on an axis: as short as it is exact. */
export function tickText(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e4 && size < 1e9 && Number.isInteger(value / 100)) {
    const [unit, letter] = size >= 1e6 ? [1e6, 'M'] : [1e3, 'k'];
    return `${Number((value / unit).toPrecision(12))}${letter}`.replace('-', '−');
  }
  if (size >= 1e6 || size < 1e-4) return value.toExponential().replace('e+', 'e').replace('-', '−').replace('e-', 'e−');
  return String(Number(value.toPrecision(12))).replace('-', '−');
}
