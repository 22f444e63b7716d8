import type { ParamValue } from '@whorl/core';

/** A row of Param: a leaf of a config, or a param that another program logged. */
export const paramRow = ([key, value]: readonly [string, ParamValue]) => ({
  key,
  value: String(value),
  number: typeof value === 'number' ? value : null,
});

/** A number as programs write it; `007`, `0x10` and ` 7` are texts. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * The value of a param logged as text: a number where it reads as one, else the text. An integer that a double cannot
 * hold stays text, so that different ones stay different.
 */
export function readParam(text: string): number | string {
  if (!NUMBER.test(text)) return text;
  const number = Number(text);
  const isExact = /[.eE]/.test(text) ? Number.isFinite(number) : Number.isSafeInteger(number);
  return isExact ? number : text;
}
