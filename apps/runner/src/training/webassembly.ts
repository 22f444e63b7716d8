import { setFlagsFromString } from 'node:v8';

/**
 * What is WebAssembly from here on is compiled function by function as it is called, and once: Prisma's query compiler
 * has megabytes of it, of which a command needs little and not for long. V8 would compile what is called often a second
 * time, for speed that a command never sees: `whorl ls` took twice as long (docs/decisions/0013).
 * The WASM engine must be loaded before: its speed does need the second time.
 */
export function compileWebAssemblyOnce(): void {
  setFlagsFromString('--wasm-lazy-compilation');
  setFlagsFromString('--liftoff-only');
}
