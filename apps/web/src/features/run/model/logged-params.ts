import { isSeedParam, type ParamValue, REPETITION } from '@whorl/core';

/** The params that a program logged: without the seed that was taken from one of them, which the facts of the run have. */
export function loggedParams(params: Readonly<Record<string, ParamValue>>): Readonly<Record<string, ParamValue>> {
  const { [REPETITION]: seed, ...others } = params;
  const isStandIn = Object.entries(others).some(([key, value]) => isSeedParam(key) && value === seed);
  return isStandIn ? others : params;
}
