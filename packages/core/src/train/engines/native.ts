import * as tf from '@tensorflow/tfjs-core';
import { EngineUnavailableError } from '../../text/errors.ts';
import { compileStep } from '../compiled/compiled-step.ts';
import { type ProtocolMessages, UncompilableError } from '../compiled/graph.ts';
import { registerFusedGradients } from '../kernels/gradients.ts';
import { registerTensorFlowKernels } from '../kernels/tensorflow.ts';
import type { Engine } from './engine.ts';

type Util = Record<string, unknown>;

/** What tfjs-node 4.22 calls of `util` and Node 23 removed (tensorflow/tfjs #8609). */
const REMOVED_FROM_UTIL: Util = {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
  isString: (value: unknown) => typeof value === 'string',
  isNumber: (value: unknown) => typeof value === 'number',
  isObject: (value: unknown) => typeof value === 'object' && value !== null,
};

/** TensorFlow's C library through tfjs-node; Node only. */
export async function loadNative(): Promise<Engine> {
  // Names in variables: a bundler for the browser must not follow them.
  const [utilName, tfjsName, messagesName] = [
    'node:util',
    '@tensorflow/tfjs-node',
    '@tensorflow/tfjs-node/dist/proto/api_pb.js',
  ];
  try {
    const util = ((await import(utilName)) as { default: Util }).default;
    for (const [name, value] of Object.entries(REMOVED_FROM_UTIL)) if (!(name in util)) util[name] = value;
    const native = (await import(tfjsName)) as { default?: NativeModule } & NativeModule;
    const version = (native.default ?? native).version;
    if (!(await tf.setBackend('tensorflow'))) throw new Error('its backend did not start');
    registerTensorFlowKernels();
    registerFusedGradients();
    const backend = tf.backend() as unknown as { binding?: { TF_Version?: string } };
    return {
      name: 'native',
      versions: {
        '@tensorflow/tfjs-node': version['tfjs-node'] ?? 'unknown',
        tensorflow: backend.binding?.TF_Version ?? 'unknown',
      },
      compile: async (step) => {
        const messages = await import(messagesName).catch(() => {
          throw new UncompilableError('tfjs-node has no dist/proto/api_pb.js to write graphs with');
        });
        return compileStep(step, (messages as { default: ProtocolMessages }).default);
      },
    };
  } catch (error) {
    const lines = (error instanceof Error ? error.message : String(error)).split('\n');
    const reason = lines.some((line) => line.includes('can not be found'))
      ? 'its addon is not built'
      : (lines[0] ?? 'it does not load');
    throw new EngineUnavailableError('native', `${reason}; npm run setup builds it, --engine wasm does without`);
  }
}

interface NativeModule {
  readonly version: Readonly<Record<string, string>>;
}
