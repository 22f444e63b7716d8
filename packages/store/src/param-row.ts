import type { ParamValue } from '@whorl/core';

/** A leaf of a config as a row of Param. */
export const paramRow = ([key, value]: readonly [string, ParamValue]) => ({
  key,
  value: String(value),
  number: typeof value === 'number' ? value : null,
});
