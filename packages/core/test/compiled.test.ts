import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildConfig } from '../src/index.ts';
import type { Binding, NativeBackend } from '../src/node/native/binding.ts';
import type { Engine, StepMetrics } from '../src/train/index.ts';
import { UncompilableError } from '../src/train/step/compiled-step.ts';
import type { Step } from '../src/train/step/step.ts';
import { engine, expectSame, MODELS, PAIRS, run, study } from './both-ways.ts';
import { initialWeights, train } from './heard.ts';

/** A step on one weight whose arithmetic the test chooses. */
function plantedStep(update: (weight: tf.Variable, run: number) => tf.Tensor): Step {
  const weight = tf.variable(tf.tensor1d([1, 2, 3]), false);
  let runs = 0;
  return {
    state: [weight],
    trained: 1,
    constants: [],
    measures: ['sum'],
    shapeKey: () => '',
    inputs: () => [],
    run: () =>
      tf.tidy(() => {
        weight.assign(update(weight, runs++) as tf.Tensor1D);
        return tf.stack([tf.sum(weight)]) as tf.Tensor1D;
      }),
    dispose: () => weight.dispose(),
  };
}

async function compile(step: Step) {
  if (!engine?.compile) throw new Error('the native engine does not compile');
  const compiled = await engine.compile(step);
  await compiled.prepare(0);
  return compiled;
}

describe.skipIf(!engine)('a compiled step', () => {
  it.each(PAIRS)('gives what the eager one gives: mlp, %o', (values) => expectSame({ ...MODELS.mlp, ...values }));

  it.each([
    ['with dropout', { 'model.dropout': 0.4, 'model.hidden': [30, 20] }],
    ['with a step schedule', { 'schedule.name': 'step', 'schedule.every': 10, 'schedule.factor': 0.5 }],
    ['with a cosine schedule', { 'schedule.name': 'cosine', 'optimizer.name': 'momentum' }],
    ['with an exponential schedule', { 'schedule.name': 'exponential', 'schedule.factor': 0.9 }],
    ['with a data set that the batch size does not divide', { batchSize: 64 }],
    ['with all of them', { batchSize: 64, 'model.dropout': 0.2, 'schedule.name': 'cosine', 'optimizer.name': 'adamw' }],
    ['with batches of one', { 'data.n': 17, batchSize: 1, epochs: 1 }],
    ['with weights in several groups', { 'model.hidden': [200, 100] }],
  ])('gives what the eager one gives: %s', (_, values) => expectSame(values));

  it.each([
    ['full batch', {}],
    ['minibatches and dropout', { batchSize: 64, 'model.dropout': 0.3, epochs: 30 }],
  ])('gives the same bits twice: %s', async (_, values) => {
    const [one, two] = [await run(values, false), await run(values, false)];
    expect(one.measured).toEqual(two.measured);
    expect(one.result.weights).toEqual(two.result.weights);
  });

  it.each([
    ['mlp', MODELS.mlp],
    ['alexnet-small', { ...MODELS['alexnet-small'], batchSize: 'full' }],
  ])('gives the same bits however the clock divides its steps into calls: %s', async (_, values) => {
    const byClock = async (msPerCall: number) => {
      let time = 0;
      const now = vi.spyOn(performance, 'now').mockImplementation(() => {
        time += msPerCall;
        return time;
      });
      const { result, measured } = await run({ ...values, epochs: 40 }, false);
      const asked = now.mock.calls.length;
      now.mockRestore();
      return { asked, weights: result.weights, measured };
    };
    const [fast, slow] = [await byClock(0.001), await byClock(1000)];
    expect(slow.asked, 'a call for each step').toBeGreaterThan(40);
    expect(fast.asked).toBeLessThan(20);
    expect(slow.measured).toEqual(fast.measured);
    expect(slow.weights).toEqual(fast.weights);
  });

  it('shows probes the weights of their step', async () => {
    const native = engine as Engine;
    const config = buildConfig(study.defaults, { 'data.n': 50, epochs: 20 });
    const frames = async (eager: boolean) => {
      const seen: number[][] = [];
      await train(config, {
        engine: native,
        eager,
        probes: { boundary: () => [1, 2, 7, 20] },
        onArtifact: ({ step, data }) => step !== null && seen.push([step, ...(data as Uint8Array)]),
      });
      return seen;
    };
    expect(await frames(false)).toEqual(await frames(true));
  });

  it('gives the same bits wherever probes look (they once decided which steps were compiled)', async () => {
    const native = engine as Engine;
    const config = buildConfig(study.defaults, { 'data.n': 40, epochs: 60, 'model.activation': 'tanh' });
    const losses = async (boundarySteps: readonly number[]) => {
      const found: number[] = [];
      await train(config, {
        engine: native,
        probes: { boundary: () => boundarySteps },
        onArtifact: () => {},
        onStep: ({ metrics }) => found.push(metrics.loss),
      });
      return found;
    };
    const alone = await losses([]);
    expect(await losses([0, 1, 2, 5, 60])).toEqual(alone);
    expect(await losses([2, 3, 4])).toEqual(alone);
  });

  it.each([
    ['mlp', { 'data.n': 40, epochs: 60 }],
    ['lenet', { ...MODELS.lenet, epochs: 4 }],
  ])('trains as without them where each layer is probed: %s', async (_, values) => {
    const native = engine as Engine;
    const losses = async (probeLayers: boolean) => {
      const found: number[] = [];
      const onStep = ({ metrics }: StepMetrics) => found.push(metrics.loss);
      const result = await train(buildConfig(study.defaults, values), {
        engine: native,
        probes: { layers: probeLayers },
        onStep,
      });
      expect(result.mode).toBe('compiled');
      return found;
    };
    expect(await losses(true)).toEqual(await losses(false));
  });

  it('answers a request to stop long before its end, and tells of every step that it made', async () => {
    const native = engine as Engine;
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    let told = 0;
    const config = buildConfig(study.defaults, { epochs: 1_000_000 });
    const result = await train(config, { engine: native, signal: stop.signal, onStep: () => told++ });
    expect(result).toMatchObject({ status: 'interrupted', steps: told });
    expect(told).toBeLessThan(500_000);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await run({ batchSize: 64, 'model.dropout': 0.3 }, false);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe.skipIf(!engine)('batch norm', () => {
  it.each(
    ['adam', 'adamw', 'rmsprop', 'adagrad', 'sgd'].flatMap((name) =>
      ['relu', 'elu', 'tanh'].flatMap((activation) =>
        ['batch-norm', 'residual-batch-norm'].map((block) => [name, activation, block]),
      ),
    ),
  )('bug: no bias stands before it, that only rounding would train: %s, %s, %s', (name, activation, block) =>
    expectSame({
      'data.name': 'gaussians',
      'data.n': 20,
      'model.hidden': [8],
      'model.init': 'he',
      'model.block': block,
      'model.activation': activation,
      'optimizer.name': name,
      'optimizer.lr': 0.01,
    }),
  );
});

describe.skipIf(!engine)('a step is not compiled', () => {
  const refusals: [string, (weight: tf.Variable, run: number) => tf.Tensor, string][] = [
    [
      'where JavaScript computes a value that changes',
      (weight, run) => tf.add(weight, run),
      'a value computed in JavaScript that changes from step to step',
    ],
    [
      'where JavaScript looks at a value',
      (weight) => tf.mul(weight, (weight.dataSync()[0] ?? 0) > 0 ? 2 : 3),
      'it reads a value back while it runs',
    ],
    [
      'where the operations change',
      (weight, run) => (run === 0 ? tf.neg(weight) : tf.square(weight)),
      'it ran Neg once and Square the next time',
    ],
    [
      'where TF.js draws random numbers in it',
      (weight) => tf.mul(weight, tf.randomUniform([3])),
      'a value computed in JavaScript that changes from step to step',
    ],
  ];
  it.each(refusals)('%s', async (_, update, message) => {
    const step = plantedStep(update);
    const error = await compile(step).catch((reason) => reason);
    expect(error).toBeInstanceOf(UncompilableError);
    expect(error.message).toContain(message);
    expect([...(step.state[0] as tf.Variable).dataSync()], 'the state is as it was').toEqual([1, 2, 3]);
    step.dispose();
  });

  it('where it uses a tensor that is neither state nor constant', async () => {
    const hidden = tf.tensor1d([1, 1, 1]);
    tf.dispose(tf.neg(hidden)); // now it lies in TensorFlow
    const step = plantedStep((weight) => tf.add(weight, hidden));
    await expect(compile(step)).rejects.toThrow('uses a tensor that was not captured');
    step.dispose();
    hidden.dispose();
  });

  it('where it is right, it is', async () => {
    const step = plantedStep((weight) => tf.mul(weight, 2));
    const compiled = await compile(step);
    expect([...compiled.run(0, 3)]).toEqual([12, 24, 48]);
    compiled.writeBack();
    expect([...(step.state[0] as tf.Variable).dataSync()]).toEqual([8, 16, 24]);
    compiled.dispose();
    step.dispose();
  });
});

describe.skipIf(!engine)('an addon that lacks something', () => {
  const backend = () => tf.backend() as unknown as NativeBackend;
  const own = engine && backend().binding;
  afterEach(() => {
    if (own) backend().binding = own;
  });

  /** The addon with some of its functions replaced. */
  const plant = (functions: Record<string, unknown>) => {
    const names = Object.getOwnPropertyNames(own);
    const rest = Object.fromEntries(names.map((name) => [name, (own as unknown as Record<string, unknown>)[name]]));
    backend().binding = { ...rest, ...functions } as unknown as Binding;
  };
  const values = { epochs: 5, 'data.n': 20 };

  it.each(['runSavedModel', 'loadSavedModel', 'deleteSavedModel'])('%s: trains op by op and says so', async (name) => {
    plant({ [name]: undefined });
    const { result, measured } = await run(values, false);
    expect(result).toMatchObject({ mode: 'eager', eagerReason: `the addon of tfjs-node has no ${name}` });
    if (own) backend().binding = own;
    expect(measured).toEqual((await run(values, true)).measured);
  });

  it.each([
    ['loadSavedModel', 'TensorFlow does not load its graph: no such op'],
    ['runSavedModel', 'TensorFlow does not run its graph: no such op'],
  ])('%s fails: trains op by op and says so', async (name, eagerReason) => {
    plant({
      [name]: () => {
        throw new Error('no such op\nat some place');
      },
    });
    expect((await run(values, false)).result).toMatchObject({ mode: 'eager', eagerReason });
  });

  /** Optimizers with rates from one that hardly moves to one that throws far. */
  const UPDATES = [
    ...['sgd', 'momentum', 'nesterov'].flatMap((name) => [1e-3, 0.1].map((lr) => [name, lr] as const)),
    ...['rmsprop', 'adagrad', 'adamw'].map((name) => [name, 0.01] as const),
    ...[1e-4, 0.01].map((lr) => ['adam', lr] as const),
  ];
  const NETWORKS = {
    mlp: { 'model.hidden': [8, 8] },
    'mlp with batch norm': { 'model.hidden': [8], 'model.block': 'batch-norm' },
    lenet: MODELS.lenet,
  };
  /** What is left of an update; `right` is planted as well, so that it is not the planting that is refused. */
  const PLANTED = { right: 1, missing: 0, reversed: -1, half: 0.5, tenfold: 10 };
  const REFUSED = 'its graph gives other numbers than its operations one by one';

  /** The addon whose graphs leave of the change of each trained variable so much. */
  const plantUpdates = (factor: number, trained: number) => {
    const addon = own as Binding;
    plant({
      runSavedModel: (id: number, inputs: number[], inputNames: string, outputNames: string) => {
        const [rows, ...after] = addon.runSavedModel(id, inputs, inputNames, outputNames);
        // The inputs: how many steps, the rows to fill, then the state, whose first variables are trained.
        const planted = after.map((result, i) => {
          if (i >= trained) return result;
          const before = addon.tensorDataSync(inputs[i + 2] as number);
          const values = Float32Array.from(addon.tensorDataSync(result.id), (value, k) => {
            const from = before[k] as number;
            return factor === 1 ? value : from + factor * (value - from);
          });
          addon.deleteTensor(result.id);
          return { ...result, id: addon.createTensor(result.shape, addon.TF_FLOAT, values) };
        });
        return [rows, ...planted];
      },
    });
  };

  it.each(Object.keys(NETWORKS).flatMap((network) => UPDATES.map(([name, lr]) => [network, name, lr] as const)))(
    'bug: an update that is missing, reversed, half or tenfold is refused: %s, %s at %d',
    async (network, name, lr) => {
      const given = {
        ...values,
        ...NETWORKS[network as keyof typeof NETWORKS],
        epochs: 1, // the first step shows it
        'optimizer.name': name,
        'optimizer.lr': lr,
      };
      const trained = (await initialWeights(buildConfig(study.defaults, given))).length;
      const reasons: Record<string, string | null> = {};
      for (const [fault, factor] of Object.entries(PLANTED)) {
        plantUpdates(factor, trained);
        reasons[fault] = (await run(given, false)).result.eagerReason;
      }
      expect(reasons).toEqual({ right: null, missing: REFUSED, reversed: REFUSED, half: REFUSED, tenfold: REFUSED });
    },
  );

  it('bug: the mode of a run follows from its config alone, not from what the process trained before', async () => {
    const given = { ...values, 'model.hidden': [7] };
    plant({
      runSavedModel: (id: number, inputs: number[], inputNames: string, outputNames: string) => {
        const [rows, ...after] = (own as Binding).runSavedModel(id, inputs, inputNames, outputNames);
        return [rows, ...after.slice(1), after[0]];
      },
    });
    expect((await run(given, false)).result.mode, 'refused').toBe('eager');
    if (own) backend().binding = own;
    expect((await run(given, false)).result.mode, 'whose graph was refused for another').toBe('compiled');
    plant({
      runSavedModel: (id: number, inputs: number[], inputNames: string, outputNames: string) => {
        const [rows, ...after] = (own as Binding).runSavedModel(id, inputs, inputNames, outputNames);
        return [rows, ...after.slice(1), after[0]];
      },
    });
    expect((await run(given, false)).result.mode, 'whose graph was trusted for another').toBe('eager');
  });

  it('that gives other numbers is not trusted', async () => {
    plant({
      runSavedModel: (id: number, inputs: number[], inputNames: string, outputNames: string) => {
        const results = (own as Binding).runSavedModel(id, inputs, inputNames, outputNames);
        const last = results.length - 1;
        return [...results.slice(0, -2), results[last], results[last - 1]];
      },
    });
    expect((await run({ ...values, 'model.hidden': [3], 'data.classes': 3 }, false)).result).toMatchObject({
      mode: 'eager',
      eagerReason: 'its graph gives other numbers than its operations one by one',
    });
  });
});
