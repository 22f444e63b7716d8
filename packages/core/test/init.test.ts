import { describe, expect, it } from 'vitest';
import { buildConfig, trainingStudy } from '../src/index.ts';
import { loadEngine } from '../src/node/index.ts';
import { initialWeights } from './heard.ts';

await loadEngine('cpu');

const weightsOf = (values: Record<string, unknown>) =>
  initialWeights(buildConfig(trainingStudy('spiral').defaults, values));
const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const variance = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0) / values.length;

// torch 2.15: the bound of nn.Linear's default, of xavier_uniform_ and of kaiming_uniform_ (nonlinearity='relu').
const LINEAR = { 'model.hidden': [300, 200] };
const CONVOLUTION = { 'data.name': 'mnist', 'data.n': 10, 'model.name': 'lenet', 'model.filters': [32, 64] };

describe.each([
  ['pytorch', 0.05773502691896258, 0.03535533905932738],
  ['xavier', 0.10954451150103323, 0.05],
  ['he', 0.1414213562373095, 0.08660254037844387],
])('%s', (init, dense, convolution) => {
  it.each([
    ['a dense layer of 300 to 200', LINEAR, dense],
    ['a 5 x 5 convolution of 32 to 64', CONVOLUTION, convolution],
  ])('draws %s between the bounds of PyTorch, evenly', async (_name, values, bound) => {
    const weights = await weightsOf({ ...values, 'model.init': init });
    const [kernel, bias] = [weights[2], weights[3]] as [Float32Array, Float32Array];
    expect(largest(kernel)).toBeLessThanOrEqual(bound * (1 + 1e-6));
    expect(largest(kernel)).toBeGreaterThan(bound * 0.999);
    expect(variance(kernel) / (bound ** 2 / 3)).toBeCloseTo(1, 1);
    if (init === 'pytorch') expect(largest(bias)).toBeGreaterThan(bound * 0.9);
    else expect(largest(bias)).toBe(0);
  });
});

it('the ways draw other weights from the same streams: the signs agree', async () => {
  const [one, other] = [await weightsOf({ 'model.init': 'pytorch' }), await weightsOf({ 'model.init': 'he' })];
  const [a, b] = [one[0], other[0]] as [Float32Array, Float32Array];
  expect(a).not.toEqual(b);
  for (const [i, value] of a.entries()) expect(Math.sign(b[i] as number)).toBe(Math.sign(value));
});
