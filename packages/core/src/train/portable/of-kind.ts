import { UncompilableError } from '../step/compiled-step.ts';

/**
 * The kernel for a kind. A new kind trains op by op until somebody writes its kernel.
 * @throws UncompilableError where there is none
 */
export function ofKind<T>(kernels: { readonly [id in string]?: T }, family: string, id: string): T {
  const found = Object.hasOwn(kernels, id) ? kernels[id] : undefined;
  if (found !== undefined) return found;
  throw new UncompilableError(`the engine portable has no kernel for the ${family} ${id}`);
}
