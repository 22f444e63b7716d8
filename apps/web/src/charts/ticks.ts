import { linearTicks } from '@whorl/core';

const MOST_OF_PICTURE = 4;

/** Ticks along the side of a picture that covers [-extent, extent], each with its share of the side. */
export const boundaryTicks = (extent: number | null): { readonly value: number; readonly share: number }[] =>
  extent === null
    ? []
    : linearTicks(-extent, extent, MOST_OF_PICTURE).map((value) => ({ value, share: (1 + value / extent) / 2 }));

/** With a true minus sign, which is as wide as a digit. */
export const withMinusSign = (value: number | string): string => String(value).replace('-', '−');
