import type { Curve, Range } from '@whorl/core';
import type { LinePicture } from './line-picture.ts';
import { span } from './line-picture.ts';
import { drawnEnds } from './resolution.ts';

// Scales and ticks of our own. The ends of the picture are known before it is drawn, so that crosshair and zoom can compute
// their places, and the axis of a growing chart moves only by whole steps.

export interface LineScale {
  readonly from: number;
  readonly to: number;
  readonly logarithmic: boolean;
  readonly ticks: readonly number[];
}

/** The place of a value on the scale: 0 to 1 between its ends, NaN for values that have none. */
export function placeOn({ from, to, logarithmic }: LineScale, value: number): number {
  if (!logarithmic) return (value - from) / (to - from);
  return value > 0 ? Math.log(value / from) / Math.log(to / from) : Number.NaN;
}

/** The value at a place of the scale. */
export function valueAt({ from, to, logarithmic }: LineScale, place: number): number {
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

/** An axis is extended to its next tick if that is at most this share of it away. */
const NEARLY = 0.02;
/** The end of an axis gets its own label if the last tick is further away than this share of a step. */
const FAR_FROM_END = 0.6;

/**
 * A horizontal scale with these ends, or with the next ticks where they are near.
 * @param unit how many units of the axis make one of its labels
 */
export function xScale(
  ends: readonly [number, number],
  logarithmic: boolean,
  count: number,
  unit: number,
  whole: boolean,
): LineScale {
  let [from, to] = ends;
  if (logarithmic && to > 0) {
    if (!(from > 0)) from = Math.min(1, to / 10);
    if (from === to) to = from * 10;
    const next = 10 ** Math.ceil(Math.log10(to / unit)) * unit;
    if (Math.log(next / to) <= NEARLY * Math.log(to / from)) to = next;
    return { from, to, logarithmic, ticks: logTicks(from / unit, to / unit, count).map((tick) => tick * unit) };
  }
  // A single place: in the middle of the axis, with the only label.
  if (from === to) {
    const around = whole ? 1 : 0.5;
    return { from: from - around, to: to + around, logarithmic: false, ticks: [from] };
  }
  const rough = niceStep((to - from) / unit, count);
  const step = (whole ? Math.max(1, rough) : rough) * unit;
  const [before, after] = [Math.floor(from / step + 1e-9) * step, Math.ceil(to / step - 1e-9) * step];
  const near = NEARLY * (to - from);
  if (from - before <= near) from = before;
  if (after - to <= near) to = after;
  const ticks = linearTicks(from / unit, to / unit, step / unit).map((tick) => tick * unit);
  const isShort = Number((to / unit).toPrecision(4)) === to / unit;
  if (isShort && to - (ticks.at(-1) ?? from) > FAR_FROM_END * step) ticks.push(to);
  return { from, to, logarithmic: false, ticks };
}

const CLIPPED: readonly [number, number] = [0.01, 0.99];
/** Intervals over few seeds are wide. They may extend the picture beyond the lines by this share on each side. */
const BAND_SHARE = 0.35;

/** A curve, or an edge of a band. */
type Line = Curve<ArrayLike<number>>;

interface VerticalOptions {
  readonly logarithmic: boolean;
  readonly clip: boolean;
  /** The ends, where they are known in advance and everything is in view. */
  readonly known?: readonly [number, number] | undefined;
}

/**
 * The vertical scale for what is in view. Hidden groups count, so that hiding one does not move the others.
 * @param view the range in view on the horizontal axis
 */
export function yScale(picture: LinePicture, view: Range, options: VerticalOptions): LineScale {
  const { logarithmic, clip, known } = options;
  if (known && !logarithmic && !clip)
    return { from: known[0], to: known[1], logarithmic, ticks: linearTicks(...known, 0.2) };
  const lines: Line[] = picture.runs.flatMap((run) => [run, ...(run.left ?? [])]);
  const bands: Line[] = [];
  for (const { mean } of picture.groups) {
    if (!mean) continue;
    const { xs: steps, low, high } = mean;
    lines.push({ steps, values: mean.mean });
    bands.push({ steps, values: low }, { steps, values: high });
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
  // An interval around non-negative values may reach below zero, but the picture does not have to.
  if (low >= 0)
    return linearScale(
      Math.max(0, Math.min(low, Math.max(least, low - room))),
      Math.max(high, Math.min(most, high + room)),
    );
  return linearScale(Math.min(low, Math.max(least, low - room)), Math.max(high, Math.min(most, high + room)));
}

/** A linear scale from the tick below the lowest value to the tick above the highest. */
function linearScale(least: number, most: number): LineScale {
  let [low, high] = drawnEnds(least, most);
  if (least === most) {
    const half = Math.abs(least) * 0.1 || 1;
    [low, high] = [least - half, least + half];
  }
  const step = niceStep(high - low, 4);
  if (!(step > 0 && step < 1e300)) return { from: low, to: high, logarithmic: false, ticks: [low, high] };
  const [from, to] = [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
  const ticks = linearTicks(from, to, step);
  // The ends are exactly the first and last tick. 7 * 0.1 is more than 0.7, and a label there would be left out.
  return { from: ticks[0] ?? from, to: ticks.at(-1) ?? to, logarithmic: false, ticks };
}

/** A scale on which all values that can be drawn have a place. */
export function scaleOver(values: readonly number[], logarithmic: boolean): LineScale {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value) || (logarithmic && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low <= high)) return logarithmic ? logScale(0.1, 1) : linearScale(0, 1);
  return logarithmic ? logScale(low, high) : linearScale(low, high);
}

/** Ticks beyond these would leave the range of doubles. */
const [LEAST, MOST] = [1e-300, 1e300];

/** A logarithmic scale, with ticks at powers of ten and between them. */
function logScale(low: number, high: number): LineScale {
  const [below, above] = [low, high].map((end) => Math.min(MOST, Math.max(LEAST, end))) as [number, number];
  const around = (value: number) => [1, 2, 5, 10].map((digit) => digit * 10 ** Math.floor(Math.log10(value)));
  const from = Math.max(...around(below).filter((tick) => tick <= below * (1 + 1e-9)));
  const to = Math.min(...around(above).filter((tick) => tick >= above * (1 - 1e-9)));
  const [least, most] = from < to ? [from, to] : [from / 2, to * 2];
  return { from: least, to: most, logarithmic: true, ticks: withEnds(logTicks(least, most, 5), least, most) };
}

/** Adds the ends of the axis to the ticks where no tick is near. */
function withEnds(ticks: readonly number[], from: number, to: number): number[] {
  const [first = from, second = to] = ticks;
  const apart = Math.log(second / first) * 0.3;
  const last = ticks.at(-1) ?? to;
  return [...(Math.log(first / from) > apart ? [from] : []), ...ticks, ...(Math.log(to / last) > apart ? [to] : [])];
}

/** Passes every value in view that can be drawn to `take`. */
function visit(lines: readonly Line[], view: Range, logarithmic: boolean, take: (value: number) => void): void {
  for (const { steps, values } of lines) {
    const [first, end] = span(steps, view);
    for (let i = first; i < end; i++) {
      const y = values[i] as number;
      if (Number.isFinite(y) && (!logarithmic || y > 0)) take(y);
    }
  }
}

/** The lowest and highest value; the infinities in reverse order where there is none. */
function extremes(lines: readonly Line[], view: Range, logarithmic: boolean): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  visit(lines, view, logarithmic, (value) => {
    if (value < low) low = value;
    if (value > high) high = value;
  });
  return [low, high];
}

function quantiles(lines: readonly Line[], view: Range, logarithmic: boolean): [number, number] {
  const values: number[] = [];
  visit(lines, view, logarithmic, (value) => values.push(value));
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return [at(CLIPPED[0]), at(CLIPPED[1])];
}

/** A number on an axis, as short as possible without losing digits. */
export function tickText(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const plain = String(Number(value.toPrecision(12)));
  const short = [plain];
  if (size >= 1e4 && size < 1e9) {
    const [unit, letter] = size >= 1e6 ? [1e6, 'M'] : [1e3, 'k'];
    const text = `${Number((value / unit).toPrecision(12))}${letter}`;
    // 20k and 1.5M are quick to read; 12.3457M is not.
    if (Number.isInteger(value / 100) && text.length <= plain.length - 2) return text.replace('-', '−');
  }
  if (size < 1e-4 || size >= 1e6) short.unshift(Number(value.toPrecision(12)).toExponential().replace('e+', 'e'));
  const [text = plain] = short.sort((a, b) => a.length - b.length);
  return text.replace('e-', 'e−').replace(/^-/, '−');
}
