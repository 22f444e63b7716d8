/** What the horizontal axis measures: updates, passes over the data, or seconds since the run's start. */
export const AXES = ['step', 'epoch', 'time'] as const;
export type Axis = (typeof AXES)[number];

/** What is in view, in the axis's unit. */
export type ViewRange = readonly [from: number, to: number];

const FARTHEST = 1e15;
const NARROWEST = 1e-6;

/** Whether a chart can show the range: beyond these, neighbouring points are the same number. */
export const isViewRange = ([from, to]: ViewRange): boolean =>
  Math.abs(from) <= FARTHEST && Math.abs(to) <= FARTHEST && to - from >= NARROWEST;

/** The ends of the range, as short as what is seen of it allows. */
export function writeRange([from, to]: ViewRange): string {
  const decimals = Math.min(15, Math.max(0, 4 - Math.floor(Math.log10(to - from))));
  return [from, to].map((end) => String(Number(end.toFixed(decimals)))).join('~');
}
