import { compilePortable } from '../portable/compile.ts';
import { compileKernels, PORTABLE_VERSIONS } from '../portable/module.ts';
import type { Engine } from './engine.ts';
import { loadWasm, type WasmPaths } from './wasm.ts';

/**
 * Our own kernels in WebAssembly, many steps in one call: the same bits in Node and in every browser. Probes that look
 * at the model between steps run on TF.js's WebAssembly.
 * @param paths as for `loadWasm`
 */
export async function loadPortable(paths?: WasmPaths): Promise<Engine> {
  await compileKernels(); // first, so that the reported reason is always that of the kernels
  const { versions } = await loadWasm(paths);
  return { name: 'portable', versions: { ...PORTABLE_VERSIONS, ...versions }, compile: compilePortable };
}
