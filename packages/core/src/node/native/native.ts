import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { EngineUnavailableError } from '../../text/errors.ts';
import type { Engine } from '../../train/engines/engine.ts';
import { registerFusedGradients } from '../../train/kernels/gradients.ts';
import { UncompilableError } from '../../train/step/compiled-step.ts';
import { compileStep } from './compile-step.ts';
import type { ProtocolMessages } from './graph.ts';
import { registerTensorFlowKernels } from './kernels.ts';

/** Functions of `util` that tfjs-node 4.22 calls and Node 23 removed (tensorflow/tfjs #8609). */
const REMOVED_FROM_UTIL: Readonly<Record<string, unknown>> = {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
  isString: (value: unknown) => typeof value === 'string',
  isNumber: (value: unknown) => typeof value === 'number',
  isObject: (value: unknown) => typeof value === 'object' && value !== null,
};

/**
 * TensorFlow's C library through tfjs-node, imported only when asked for: its addon may not be built.
 * @throws EngineUnavailableError
 */
export async function loadNative(): Promise<Engine> {
  try {
    for (const [name, value] of Object.entries(REMOVED_FROM_UTIL)) {
      if (!(name in util)) (util as Record<string, unknown>)[name] = value;
    }
    const { default: tfjs } = await import('@tensorflow/tfjs-node');
    if (!(await tf.setBackend('tensorflow'))) throw new Error('its backend did not start');
    registerTensorFlowKernels();
    registerFusedGradients();
    const backend = tf.backend() as unknown as { binding?: { TF_Version?: string } };
    return {
      name: 'native',
      versions: {
        '@tensorflow/tfjs-node': tfjs.version['tfjs-node'] ?? 'unknown',
        tensorflow: backend.binding?.TF_Version ?? 'unknown',
      },
      compile: async (step) => compileStep(step, await loadMessages()),
    };
  } catch (error) {
    const lines = (error instanceof Error ? error.message : String(error)).split('\n');
    const reason = lines.some((line) => line.includes('can not be found'))
      ? 'its addon is not built'
      : (lines[0] ?? 'it does not load');
    throw new EngineUnavailableError('native', `${reason}; npm run setup -- --native builds it`);
  }
}

async function loadMessages(): Promise<ProtocolMessages> {
  try {
    return (await import('@tensorflow/tfjs-node/dist/proto/api_pb.js')).default;
  } catch {
    throw new UncompilableError('tfjs-node has no dist/proto/api_pb.js to write graphs with');
  }
}
