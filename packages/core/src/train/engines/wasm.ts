import * as wasm from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { EngineUnavailableError } from '../../text/errors.ts';
import { registerFusedGradients } from '../kernels/gradients.ts';
import { registerWasmKernels } from '../kernels/wasm.ts';
import type { Engine } from './engine.ts';

/** The location of TF.js's .wasm files. */
export type WasmPaths = Parameters<typeof wasm.setWasmPaths>[0];

/**
 * TF.js on WebAssembly with one thread: the same bits in Node and in every browser.
 * @param paths the folder or URL prefix of the .wasm files, or the address of each; on Node the package finds its own
 * @throws EngineUnavailableError
 */
export async function loadWasm(paths?: WasmPaths): Promise<Engine> {
  try {
    // Threads change the order of sums, and with it the last bits.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (paths !== undefined) wasm.setWasmPaths(paths);
    if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly did not start');
    registerWasmKernels();
    registerFusedGradients();
    return { name: 'wasm', versions: { '@tensorflow/tfjs-backend-wasm': wasm.version_wasm } };
  } catch (error) {
    throw new EngineUnavailableError('wasm', error instanceof Error ? error.message : String(error));
  }
}
