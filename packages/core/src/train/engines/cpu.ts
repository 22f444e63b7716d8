import { version_cpu } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { EngineUnavailableError } from '../../text/errors.ts';
import { registerFusedGradients } from '../kernels/gradients.ts';
import type { Engine } from './engine.ts';

/** Plain JavaScript: slow, and available wherever JavaScript is. @throws EngineUnavailableError */
export async function loadCpu(): Promise<Engine> {
  if (!(await tf.setBackend('cpu'))) throw new EngineUnavailableError('cpu', 'the backend did not start');
  registerFusedGradients();
  return { name: 'cpu', versions: { '@tensorflow/tfjs-backend-cpu': version_cpu } };
}
