/** The horizontal axis: updates, passes over the data, or seconds since the run began. */
export const AXES = ['step', 'epoch', 'time'] as const;
export type Axis = (typeof AXES)[number];

/** The range in view, in the axis's unit. */
export type ViewRange = readonly [from: number, to: number];

const FARTHEST = 1e15;
const NARROWEST = 1e-6;

/** Whether a chart can show the range. Beyond these limits neighbouring points are the same number. */
export const isViewRange = ([from, to]: ViewRange): boolean =>
  Math.abs(from) <= FARTHEST && Math.abs(to) <= FARTHEST && to - from >= NARROWEST;

/** The range as text, with no more digits than can be seen. */
export function writeRange([from, to]: ViewRange): string {
  const decimals = Math.min(15, Math.max(0, 4 - Math.floor(Math.log10(to - from))));
  return [from, to].map((end) => String(Number(end.toFixed(decimals)))).join('~');
}
