import { EngineUnavailableError } from '../../text/errors.ts';

/**
 * What the kernels have for a kind. A new kind trains on the other engines before somebody writes its kernel.
 * @throws EngineUnavailableError where they have none for it
 */
export function ofKind<T>(kernels: { readonly [id in string]?: T }, family: string, id: string): T {
  const found = Object.hasOwn(kernels, id) ? kernels[id] : undefined;
  if (found !== undefined) return found;
  throw new EngineUnavailableError('portable', `it has no kernel for the ${family} ${id}; leave out --engine portable`);
}
