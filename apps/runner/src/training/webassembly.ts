import { setFlagsFromString } from 'node:v8';

/**
 * Makes V8 compile WebAssembly lazily, function by function, and only once. Prisma's query compiler has megabytes of it, of
 * which a command uses little for a short time; optimizing it a second time made `whorl ls` take twice as long
 * (docs/decisions/0013). Load the WASM engine before calling this: its speed does depend on the second compilation.
 */
export function compileWebAssemblyOnce(): void {
  setFlagsFromString('--wasm-lazy-compilation');
  setFlagsFromString('--liftoff-only');
}
