import { checked, type ViewField } from '#src/view/view-state.ts';

// A digit that the reader draws: places of a 28 x 28 field that have ink, and the picture that a network gets of it.

export const SIDE = 28;
const PLACES = SIDE * SIDE;

/** One byte a place: 1 has ink. */
export type Ink = Uint8Array;

/** Ink at a place and right, below, and right below of it. */
const NIB = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const;

/** The ink after a line from one place to another, both counted from the upper left. */
export function withLine(ink: Ink, from: readonly [number, number], to: readonly [number, number]): Ink {
  const next = Uint8Array.from(ink);
  const steps = Math.max(1, Math.ceil(2 * Math.hypot(to[0] - from[0], to[1] - from[1])));
  for (let i = 0; i <= steps; i++) {
    const [x, y] = [from[0] + ((to[0] - from[0]) * i) / steps, from[1] + ((to[1] - from[1]) * i) / steps];
    for (const [dx, dy] of NIB) {
      const [column, row] = [Math.floor(x) + dx, Math.floor(y) + dy];
      if (column >= 0 && column < SIDE && row >= 0 && row < SIDE) next[row * SIDE + column] = 1;
    }
  }
  return next;
}

/** How much of each neighbour a pixel has: the edges of a stroke are grey. */
const SOFT = [0.25, 0.5, 0.25];
/** The longer side of a digit of MNIST; its centre of mass is the middle of the picture (LeCun et al. 1998). */
const LONGEST = 20;

/** What a network gets of some ink, [28, 28] from 0 to 1: softened, as large as the digits that it learned, in the middle. */
export function pictureOf(ink: Ink): Float32Array {
  const soft = softened(ink);
  const box = boxOf(ink);
  if (!box) return soft;
  // Softened, a stroke is about half a place wider on either side.
  const scale = LONGEST / (Math.max(box.right - box.left, box.bottom - box.top) + 2);
  const centre = [(box.left + box.right) / 2, (box.top + box.bottom) / 2] as const;
  const middle = (SIDE - 1) / 2;
  const scaled = resampled(soft, (x, y) => [centre[0] + (x - middle) / scale, centre[1] + (y - middle) / scale]);
  const [right, down] = massOf(scaled).map((at) => Math.round(at - middle)) as [number, number];
  return resampled(scaled, (x, y) => [x + right, y + down]);
}

function softened(ink: Ink): Float32Array {
  const at = (x: number, y: number) => (x < 0 || x >= SIDE || y < 0 || y >= SIDE ? 0 : (ink[y * SIDE + x] as number));
  return Float32Array.from({ length: PLACES }, (_, place) => {
    const [x, y] = [place % SIDE, Math.floor(place / SIDE)];
    let sum = 0;
    for (const [i, a] of SOFT.entries()) for (const [j, b] of SOFT.entries()) sum += a * b * at(x + j - 1, y + i - 1);
    return Math.min(1, 1.6 * sum);
  });
}

function boxOf(ink: Ink) {
  const places = [...ink.keys()].filter((place) => ink[place] === 1);
  if (places.length === 0) return null;
  const [xs, ys] = [places.map((place) => place % SIDE), places.map((place) => Math.floor(place / SIDE))];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** @param from where a pixel of the new picture lies in the old one */
function resampled(pixels: Float32Array, from: (x: number, y: number) => readonly [number, number]): Float32Array {
  const at = (x: number, y: number) =>
    x < 0 || x >= SIDE || y < 0 || y >= SIDE ? 0 : (pixels[y * SIDE + x] as number);
  return Float32Array.from({ length: PLACES }, (_, place) => {
    const [x, y] = from(place % SIDE, Math.floor(place / SIDE));
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [across, down] = [x - left, y - top];
    const row = (y: number) => (1 - across) * at(left, y) + across * at(left + 1, y);
    return (1 - down) * row(top) + down * row(top + 1);
  });
}

function massOf(pixels: Float32Array): [number, number] {
  let [sum, x, y] = [0, 0, 0];
  for (const [place, value] of pixels.entries()) {
    sum += value;
    x += value * (place % SIDE);
    y += value * Math.floor(place / SIDE);
  }
  return [x / sum, y / sum];
}

/** What is looked at: ink, or a digit of the test set, by what it is and its place among these. */
export type Looked = { readonly ink: Ink } | { readonly digit: number; readonly place: number };

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Places of a letter. */
const BITS = 6;
const SAMPLE = /^([0-9])\.(\d{1,3})$/;

function inkOf(text: string): Ink | null {
  if (text.length !== Math.ceil(PLACES / BITS)) return null;
  const numbers = [...text].map((letter) => LETTERS.indexOf(letter));
  if (numbers.includes(-1)) return null;
  return Uint8Array.from(
    { length: PLACES },
    (_, place) => ((numbers[Math.floor(place / BITS)] as number) >> (place % BITS)) & 1,
  );
}

const textOf = (ink: Ink): string =>
  Array.from({ length: Math.ceil(PLACES / BITS) }, (_, letter) => {
    let number = 0;
    for (let bit = 0; bit < BITS; bit++) number |= (ink[letter * BITS + bit] ?? 0) << bit;
    return LETTERS[number];
  }).join('');

/** What is looked at, in the address: `3.0`, or `d` and six places a letter. */
export const lookedField: ViewField<Looked> = {
  fallback: { digit: 3, place: 0 },
  read: (text) => {
    const [, digit, place] = SAMPLE.exec(text) ?? [];
    if (digit && place) return { digit: Number(digit), place: Number(place) };
    const ink = text.startsWith('d') ? inkOf(text.slice(1)) : null;
    return { ink: checked(ink, ink !== null, 'a digit and its place as 3.0, or a drawing of this page') as Ink };
  },
  write: (looked) => ('ink' in looked ? `d${textOf(looked.ink)}` : `${looked.digit}.${looked.place}`),
};
