import type { ParamValue } from '@whorl/core';

/** A param as a row of Param: a leaf of a config, or what another program logged. */
export const paramRow = ([key, value]: readonly [string, ParamValue]) => ({
  key,
  value: String(value),
  number: typeof value === 'number' ? value : null,
});

/** A number as programs write one; `007`, `0x10` and ` 7` are texts. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * What a param is that another program logged as a text: the number that it reads as, else the text. An integer that a double
 * does not hold is a text, so that no two that differ become one.
 */
export function readParam(text: string): number | string {
  if (!NUMBER.test(text)) return text;
  const number = Number(text);
  const isExact = /[.eE]/.test(text) ? Number.isFinite(number) : Number.isSafeInteger(number);
  return isExact ? number : text;
}
