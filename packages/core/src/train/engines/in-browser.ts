import type { Engine } from './engine.ts';
import { loadFrom } from './load.ts';
import { loadPortable } from './portable.ts';

/** The kernels of TF.js, which whoever bundles this puts beside its scripts. The engine has no other than those with SIMD. */
const kernels = (): string =>
  new URL('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm', import.meta.url).href;

const FILES = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];

/**
 * The portable engine, for `train` in a page: the same bits as in Node, what looks at the model included.
 * @throws EngineUnavailableError where there is no WebAssembly with SIMD
 */
export const loadInBrowser = (): Promise<Engine> =>
  loadFrom({ portable: () => loadPortable(Object.fromEntries(FILES.map((file) => [file, kernels()]))) }, ['portable']);
