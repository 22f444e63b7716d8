import { isSeedParam, type ParamValue, REPETITION } from '@whorl/core';

/** The params that a program logged, without the one that is shown as the run's seed. */
export function loggedParams(params: Readonly<Record<string, ParamValue>>): Readonly<Record<string, ParamValue>> {
  const { [REPETITION]: seed, ...others } = params;
  const isStandIn = Object.entries(others).some(([key, value]) => isSeedParam(key) && value === seed);
  return isStandIn ? others : params;
}
