import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ACTIVATION_LOOKS } from '../src/artifacts/artifacts.ts';
import { buildConfig, trainingStudy } from '../src/index.ts';
import { loadEngine } from '../src/node/index.ts';
import { aligned, BINS, histogramOf, pooled, totalOf } from '../src/statistics/histogram.ts';
import { dataOf, initialWeights, train } from './heard.ts';

const countsAt = (counts: readonly number[]) => Object.fromEntries([...counts.entries()].filter(([, n]) => n > 0));

type Distributions = ReturnType<typeof ACTIVATION_LOOKS.document.parse>;

describe('a histogram', () => {
  it('has a range of a power of two, bins with their lower end, and the last bin with both', () => {
    const found = histogramOf(Float32Array.from([0, 0.01, 1 / 64, 0.5, 0.999, 1]));
    expect(found).toMatchObject({ range: [0, 1], below: 0, above: 0, nan: 0 });
    expect(countsAt(found.counts)).toEqual({ 0: 2, 1: 1, 32: 1, 63: 2 });
    expect(histogramOf(Float32Array.from([-0.2, 3])).range).toEqual([-4, 4]);
    expect(histogramOf(new Float32Array(5)).counts[0]).toBe(5);
  });

  it('counts what is beyond it and what is no number', () => {
    const found = histogramOf(Float32Array.from([-Infinity, -5000, 1e30, Infinity, Number.NaN, 0]));
    expect(found).toMatchObject({ range: [-1024, 1024], below: 2, above: 2, nan: 1 });
    expect(totalOf(found)).toBe(6);
  });

  it('over a wider range is the histogram of the same values over that range, for any values', () => {
    const small = Float32Array.from({ length: 500 }, (_, i) => Math.sin(i * 12.9898) * 0.3);
    const positive = small.map(Math.abs);
    const large = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i * 78.233) * 6);
    const together = histogramOf(Float32Array.from([...small, ...positive, ...large]));
    expect(pooled([small, positive, large].map(histogramOf))).toEqual(together);
    const [first, second] = aligned([histogramOf(positive), histogramOf(small)]);
    expect(first?.range).toEqual(second?.range);
    expect(pooled([])).toBeNull();
  });
});

describe('the probe of distributions', () => {
  const config = buildConfig(trainingStudy('activations').defaults, {
    'data.n': 40,
    epochs: 30,
    'model.hidden': [7],
    'model.activation': 'tanh',
  });

  it('sees what a direct computation gives, on rows spread over the data', async () => {
    let found: Distributions | undefined;
    const engine = await loadEngine('cpu');
    await train(config, {
      engine,
      probes: { distributions: () => [0, 30] },
      onArtifact: ({ name, data }) => {
        if (name === ACTIVATION_LOOKS.name) found = ACTIVATION_LOOKS.document.parse(JSON.parse(JSON.stringify(data)));
      },
    });
    const data = await dataOf(config);
    const [kernel = new Float32Array(), bias = new Float32Array()] = await initialWeights(config);
    const direct: number[] = [];
    for (let row = 0; row < data.count; row++) {
      for (let unit = 0; unit < 7; unit++) {
        const sum = [0, 1].reduce(
          (total, i) => total + (data.x[2 * row + i] as number) * (kernel[i * 7 + unit] as number),
          bias[unit] as number,
        );
        direct.push(Math.tanh(sum));
      }
    }
    expect(data.count).toBe(120);
    expect(found).toMatchObject({ version: 1, rows: 120 });
    expect(found?.looks.map(({ step }) => step)).toEqual([0, 30]);
    expect(found?.looks[0]?.layers).toEqual([histogramOf(Float32Array.from(direct))]);
    expect(found?.looks[0]?.layers[0]?.counts).toHaveLength(BINS);
    expect(found?.looks[1]?.layers).not.toEqual(found?.looks[0]?.layers);
  });

  it.each(['cpu', 'wasm'] as const)('changes no bit of the training, and leaves no tensor behind: %s', async (name) => {
    const engine = await loadEngine(name);
    const trained = async (probes: Parameters<typeof train>[1]['probes']) => {
      const losses: number[] = [];
      const { weights } = await train(config, {
        engine,
        probes: { layers: true, ...probes },
        onStep: ({ metrics }) => losses.push(...Object.values(metrics)),
        onArtifact: () => {},
      });
      return { losses, weights };
    };
    const plain = await trained({});
    const before = tf.memory().numTensors;
    expect(await trained({ distributions: (steps) => [0, 1, 7, steps] })).toEqual(plain);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('tells what an interrupted run has seen, and is silent for a model without an activation', async () => {
    const engine = await loadEngine('cpu');
    const told: number[][] = [];
    const enough = new AbortController();
    const onArtifact = ({ name, data }: { readonly name: string; readonly data: object }) => {
      if (name === ACTIVATION_LOOKS.name) told.push((data as Distributions).looks.map(({ step }) => step));
    };
    const probes = { distributions: () => [0, 2, 30] };
    await train(config, {
      engine,
      probes,
      onArtifact,
      signal: enough.signal,
      onStep: ({ step }) => step === 4 && enough.abort(),
    });
    expect(told).toEqual([[0, 2]]);
    await train(buildConfig(config, { 'model.hidden': [] }), { engine, probes, onArtifact }).catch(() => {});
    expect(told).toHaveLength(1);
  });
});
