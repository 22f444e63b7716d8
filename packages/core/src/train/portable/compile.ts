import * as tf from '@tensorflow/tfjs-core';
import type { CompiledStep } from '../step/compiled-step.ts';
import type { Step } from '../step/step.ts';
import { lower } from './lower.ts';

/**
 * Makes a step of a model run as programs for the kernels. Its variables have the state before and, where it is asked for, after.
 * @throws UncompilableError where there is not enough memory, or no kernel for a kind
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
