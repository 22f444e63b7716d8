// The colour map Viridis: even steps of a number look even, for every kind of colour vision and in print.

type Rgb = readonly [number, number, number];

const STOPS: readonly Rgb[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 73, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [110, 206, 88],
  [181, 222, 43],
  [253, 231, 37],
];

/** The colour of a share between 0 and 1. */
export function sequential(share: number): Rgb {
  const at = Math.min(1, Math.max(0, share)) * (STOPS.length - 1);
  const low = STOPS[Math.floor(at)] as Rgb;
  const high = STOPS[Math.ceil(at)] as Rgb;
  const part = at - Math.floor(at);
  const mix = (i: 0 | 1 | 2) => Math.round(low[i] + (high[i] - low[i]) * part);
  return [mix(0), mix(1), mix(2)];
}

export const cssOf = ([red, green, blue]: Rgb): string => `rgb(${red}, ${green}, ${blue})`;

/** Black or white, whichever reads better on a colour. The contrast is at least 4.5:1. */
export function inkOn(colour: Rgb): string {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.179 ? '#000000' : '#ffffff';
}

/** The scale as stops of an SVG gradient. */
export const GRADIENT: readonly { readonly offset: number; readonly colour: string }[] = STOPS.map((stop, i) => ({
  offset: i / (STOPS.length - 1),
  colour: cssOf(stop),
}));
