import type { Theme } from '#src/ui/use-theme.ts';

// Colours for the classes of a data set: three hues that are far apart for every kind of colour vision, with about the same
// lightness so that no class looks more certain than another. Beyond eight they repeat.

type Rgb = readonly [number, number, number];

const LIGHT: readonly Rgb[] = [
  [66, 110, 214],
  [226, 126, 34],
  [0, 150, 125],
  [190, 80, 150],
  [140, 120, 20],
  [110, 95, 200],
  [90, 140, 60],
  [110, 115, 120],
];

const DARK: readonly Rgb[] = [
  [112, 152, 245],
  [240, 150, 70],
  [40, 185, 155],
  [222, 120, 185],
  [190, 168, 60],
  [160, 145, 240],
  [135, 185, 100],
  [160, 165, 170],
];

const GROUND: Readonly<Record<Theme, Rgb>> = { light: [252, 252, 251], dark: [19, 21, 23] };

/** The colour of a class, red green blue. */
export function classColour(theme: Theme, index: number): Rgb {
  const colours = theme === 'light' ? LIGHT : DARK;
  return colours[index % colours.length] as Rgb;
}

/** What lies behind the picture. */
export const groundColour = (theme: Theme): Rgb => GROUND[theme];

/** A colour as CSS writes it. */
export const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;
