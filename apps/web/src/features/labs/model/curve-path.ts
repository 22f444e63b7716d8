/** The box of a curve in its own units, and how large it is drawn. */
export interface CurveBox {
  readonly steps: number;
  readonly low: number;
  readonly high: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A curve as the path of an SVG, up to some step. Where there are more steps than places, each place has the least and the
 * greatest value of its steps, so that no peak is lost. What is beyond the box is drawn at its edge; NaN and what follows it
 * is left out.
 */
export function curvePath(valueAt: (step: number) => number, count: number, box: CurveBox): string {
  const { steps, low, high, width, height } = box;
  const x = (step: number) => ((width * step) / Math.max(1, steps)).toFixed(1);
  const y = (value: number) => (height * (1 - (Math.min(high, Math.max(low, value)) - low) / (high - low))).toFixed(1);
  const stride = Math.max(1, Math.ceil((2 * steps) / Math.max(1, width)));
  const places: string[] = [];
  for (let first = 0; first < count; first += stride) {
    const last = Math.min(count, first + stride);
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let step = first; step < last; step++) {
      const value = valueAt(step);
      if (Number.isNaN(value)) return pathOf(places);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    places.push(`${x(first)} ${y(most)}`);
    if (least !== most) places.push(`${x(first)} ${y(least)}`);
  }
  return pathOf(places);
}

const pathOf = (places: readonly string[]): string => (places.length < 2 ? '' : `M${places.join('L')}`);
