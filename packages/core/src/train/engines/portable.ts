import { compilePortable } from '../portable/compile.ts';
import { compileKernels, PORTABLE_VERSIONS } from '../portable/module.ts';
import type { Engine } from './engine.ts';
import { loadWasm, type WasmPaths } from './wasm.ts';

/**
 * Kernels of our own in WebAssembly, many steps a call: the same bits in Node and in every browser. What looks at a model
 * between the steps is TF.js's, on WebAssembly, too.
 * @param paths as `loadWasm` has it
 */
export async function loadPortable(paths?: WasmPaths): Promise<Engine> {
  await compileKernels(); // first, so that the reason that is told is always its own
  const { versions } = await loadWasm(paths);
  return { name: 'portable', versions: { ...PORTABLE_VERSIONS, ...versions }, compile: compilePortable };
}
