import * as tf from '@tensorflow/tfjs-core';
import type { CompiledStep } from '../step/compiled-step.ts';
import type { Step } from '../step/step.ts';
import { lower } from './lower.ts';

/**
 * Compiles a step of a model to programs for the kernels. The variables hold the state before, and after `writeBack`
 * the state then.
 * @throws UncompilableError where memory is short, or a kind has no kernel
 */
export async function compilePortable(step: Step): Promise<CompiledStep> {
  if (!step.of) throw new Error('expected a step that was built of a model');
  const { config, data, batches, augment, dropouts, probe } = step.of;
  const lowered = await lower({
    ...{ config, data, batches, inputs: step.inputs },
    augments: augment !== undefined,
    dropouts: dropouts.length,
    probes: probe !== undefined,
    width: step.measures.length,
  });
  const { trained, running } = lowered;
  const held = [...trained, ...running].map((numbers, i) => ({
    numbers,
    variable: step.state[i < trained.length ? i : step.trained + i - trained.length] as tf.Variable,
  }));
  for (const { numbers, variable } of held) numbers.write(variable.dataSync());
  const assign = (variable: tf.Variable, values: Float32Array) =>
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  return {
    prepare: async () => {},
    run: lowered.run,
    writeBack: () => {
      for (const { numbers, variable } of held) assign(variable, numbers.read());
    },
    dispose: () => {},
  };
}
