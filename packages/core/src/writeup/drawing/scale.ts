import { linearTicks, logTicks } from '../../curves/ticks.ts';
import { advanceOf } from './sheet.ts';

export interface FigureAxis {
  /** The place of a value, in pixels; values beyond the ends are placed at the ends. */
  at(value: number): number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly logarithmic: boolean;
}

interface Extent {
  readonly values: readonly number[];
  /** Whether it is logarithmic: only values above 0 then have a place. */
  readonly logarithmic: boolean;
  readonly from: number;
  readonly to: number;
  readonly most: number;
  /** The range in which the values lie by definition. */
  readonly bounds?: readonly [number, number] | undefined;
  /** Where ticks are, as far as their texts have room; left out: at round values. */
  readonly marked?: readonly number[] | undefined;
}

/** Larger powers of ten are written as powers. */
const MOST_ZEROS = 4;

/** A scale that holds some values, with a little room around them. */
export function figureAxis({ values, logarithmic, from, to, most, bounds, marked }: Extent): FigureAxis {
  const seen = values.filter((value) => Number.isFinite(value) && (!logarithmic || value > 0));
  const place = logarithmic ? Math.log10 : (value: number) => value;
  const ends = seen.length === 0 ? [1, 10] : [Math.min(...seen), Math.max(...seen)];
  let [low, high] = ends.map(place) as [number, number];
  if (high === low)
    [low, high] = [
      low - (logarithmic ? 0.5 : Math.abs(low) / 10 || 1),
      high + (logarithmic ? 0.5 : Math.abs(high) / 10 || 1),
    ];
  const room = (high - low) * 0.04;
  [low, high] = [low - room, high + room];
  if (bounds && !logarithmic) [low, high] = [Math.max(low, bounds[0]), Math.min(high, bounds[1])];
  const span = high - low;
  const at = (value: number): number => {
    const share = logarithmic && value <= 0 ? 0 : (place(value) - low) / span;
    return from + Math.min(1, Math.max(0, share)) * (to - from);
  };
  const back = logarithmic ? (value: number) => 10 ** value : (value: number) => value;
  const ticks = marked ? roomy(marked, at) : (logarithmic ? logTicks : linearTicks)(back(low), back(high), most);
  const texts = tickTexts(ticks, logarithmic);
  return { at, ticks: ticks.map((tick, i) => ({ at: at(tick), text: texts[i] ?? '' })), logarithmic };
}

/** Every n-th tick, with the smallest n at which the texts do not touch. */
function roomy(ticks: readonly number[], at: (value: number) => number): readonly number[] {
  const fits = (every: number) =>
    ticks.every((tick, i) => {
      const next = ticks[i + every];
      return i % every !== 0 || next === undefined || Math.abs(at(next) - at(tick)) > advanceOf(String(next)) + 6;
    });
  let every = 1;
  while (every < ticks.length && !fits(every)) every += 1;
  return ticks.filter((_, i) => i % every === 0);
}

/**
 * The texts of ticks: powers of ten as powers where they are large or small, else with as many decimals as the longest.
 */
function tickTexts(ticks: readonly number[], logarithmic: boolean): string[] {
  const powers = ticks.map((tick) => Math.log10(tick));
  const isPower = (power: number) => Math.abs(power - Math.round(power)) < 1e-9;
  if (logarithmic && powers.every(isPower) && powers.some((power) => Math.abs(power) > MOST_ZEROS))
    return powers.map((power) => (Math.round(power) === 0 ? '1' : `10^${Math.round(power)}`));
  const decimals = (tick: number) => String(tick).split('.')[1]?.length ?? 0;
  const most = Math.max(0, ...ticks.map(decimals));
  return ticks.map((tick) => (logarithmic ? String(tick) : tick.toFixed(most)).replace('-', '−'));
}
