/** The line of a unit in a picture: its ends, and how much the unit counts, from 0 to 1. */
export interface UnitLine {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly share: number;
}

/**
 * Where the units of the first hidden layer give 0 to their activation function, cut to [-extent, extent] in both directions; a
 * unit whose line does not cross the picture has none.
 * @param units a, b, c and w of each, [units, 4]: the line a x + b y + c = 0, and the length w of the weights that lead on
 */
export function unitLines(units: Float32Array, extent: number): UnitLine[] {
  const lines: UnitLine[] = [];
  let most = 0;
  for (let at = 3; at < units.length; at += 4) most = Math.max(most, units[at] as number);
  for (let at = 0; at < units.length; at += 4) {
    const [a = 0, b = 0, c = 0, w = 0] = units.subarray(at, at + 4);
    const length = Math.hypot(a, b);
    // The point of the line that is nearest to the centre, and how far the line runs from it within a circle around the picture.
    const [x, y] = [(-a * c) / length ** 2, (-b * c) / length ** 2];
    const half = Math.sqrt(2 * extent ** 2 - x ** 2 - y ** 2);
    if (!Number.isFinite(half)) continue;
    const [dx, dy] = [(-b / length) * half, (a / length) * half];
    const cut = clipped([x - dx, y - dy], [x + dx, y + dy], extent);
    if (cut) lines.push({ ...cut, share: most > 0 ? w / most : 0 });
  }
  return lines;
}

/** The part of a line within a square, after Liang and Barsky 1984; null where there is none. */
function clipped(
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
  extent: number,
): Pick<UnitLine, 'from' | 'to'> | null {
  const [dx, dy] = [x1 - x0, y1 - y0];
  let [first, last] = [0, 1];
  for (const [direction, room] of [
    [-dx, x0 + extent],
    [dx, extent - x0],
    [-dy, y0 + extent],
    [dy, extent - y0],
  ] as const) {
    if (direction === 0 && room < 0) return null;
    if (direction < 0) first = Math.max(first, room / direction);
    if (direction > 0) last = Math.min(last, room / direction);
  }
  if (first >= last) return null;
  return { from: [x0 + first * dx, y0 + first * dy], to: [x0 + last * dx, y0 + last * dy] };
}
