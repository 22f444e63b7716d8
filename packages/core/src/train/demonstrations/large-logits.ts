import * as tf from '@tensorflow/tfjs-core';
import type { Demonstration } from '../../studies/study.ts';
import { sameText } from '../../text/text.ts';
import { buildLoss } from '../losses/index.ts';

// exp(89) exceeds float32, so the textbook formula gives infinity over infinity. The true losses are known without a
// computer: the softmax of the logits (1000, 0, -1000) is (1, 0, 0) up to exp(-1000).
const LOGITS = [1000, 0, -1000];
const shown = `logits [${LOGITS.join(', ')}]`;

/** Both forms of each loss at logits of 1000, and the sums of the probabilities. */
export const largeLogits = (): Demonstration[] => [...overflow(), ...sums()];

function overflow(): Demonstration[] {
  const lossOf = (name: 'softmax-cross-entropy' | 'sigmoid-cross-entropy', stable: boolean, label: number) => {
    const logits = tf.tensor2d([LOGITS], [1, LOGITS.length]);
    const [value = Number.NaN] = buildLoss({ name, stable })
      .mean(logits, tf.tensor1d([label], 'int32'))
      .dataSync();
    return value;
  };
  const demonstration = (
    name: 'softmax-cross-entropy' | 'sigmoid-cross-entropy',
    stable: boolean,
    label: number,
    expected: number,
  ): Demonstration => {
    const loss = lossOf(name, stable, label);
    return {
      title: stable
        ? { en: `stable ${name}`, zh: `数值稳定的 ${name}` }
        : { en: `unstable ${name}`, zh: `数值不稳定的 ${name}` },
      code: `${shown}, label ${label}`,
      output: Number.isNaN(expected)
        ? { en: `loss ${loss}, where infinity meets infinity`, zh: `损失为 ${loss}：无穷大与无穷大相遇` }
        : { en: `loss ${loss}, the true loss is ${expected}`, zh: `损失为 ${loss}，真实的损失是 ${expected}` },
      holds: Object.is(loss, expected),
    };
  };
  return [
    demonstration('softmax-cross-entropy', false, 1, Number.NaN),
    demonstration('softmax-cross-entropy', true, 1, 1000),
    demonstration('softmax-cross-entropy', true, 0, 0),
    demonstration('sigmoid-cross-entropy', false, 0, Number.NaN),
    // softplus(-1000) + softplus(0) + softplus(-1000), averaged over three outputs.
    demonstration('sigmoid-cross-entropy', true, 0, Math.fround(Math.LN2 / 3)),
  ];
}

function sums(): Demonstration[] {
  const logits = tf.tensor2d([[2, 1, -1]]);
  const answers = (name: 'softmax-cross-entropy' | 'sigmoid-cross-entropy') => [
    ...buildLoss({ name, stable: true }).probabilities(logits).dataSync(),
  ];
  const [softmax, sigmoid] = [answers('softmax-cross-entropy'), answers('sigmoid-cross-entropy')];
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  const list = (values: number[]) => values.map((value) => value.toFixed(3)).join(', ');
  return [
    {
      title: sameText('softmax'),
      code: 'softmax([2, 1, -1])',
      output: {
        en: `[${list(softmax)}], together ${sum(softmax).toFixed(3)}`,
        zh: `[${list(softmax)}]，总和为 ${sum(softmax).toFixed(3)}`,
      },
      holds: Math.abs(sum(softmax) - 1) < 1e-6 && softmax.every((value) => value > 0 && value < 1),
    },
    {
      title: { en: 'a sigmoid for each class', zh: '每个类别一个 sigmoid' },
      code: 'sigmoid([2, 1, -1])',
      output: {
        en: `[${list(sigmoid)}], together ${sum(sigmoid).toFixed(3)}: each a yes or no of its own`,
        zh: `[${list(sigmoid)}]，总和为 ${sum(sigmoid).toFixed(3)}：各自独立地回答“是”或“否”`,
      },
      holds: Math.abs(sum(sigmoid) - 1) > 0.1 && sigmoid.every((value) => value > 0 && value < 1),
    },
  ];
}
