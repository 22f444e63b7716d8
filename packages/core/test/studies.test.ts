import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  buildConfig,
  commandOf,
  flatten,
  getStudy,
  judgeStudy,
  SEEDS,
  STUDIES,
  type Study,
  type StudyRun,
  type Text,
  type TrainingStudy,
  trainingStudy,
} from '../src/index.ts';
import { foundMemory, loadEngine } from '../src/node/index.ts';
import { shapeOf } from '../src/studies/width-vs-depth.ts';
import { demonstrate } from '../src/train/index.ts';
import { train } from './heard.ts';

const TRAINING = STUDIES.filter((study): study is TrainingStudy => study.kind === 'training');
const engine = await loadEngine(['native', 'portable']);

/** What makes any variant of a study tiny. */
function tiny(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...values, epochs: 2, 'data.n': values['data.name'] === 'mnist' ? 40 : 20 };
}

/** Of a study's variants as few as have every value that one of them has, each of its fields. */
function everyValue(variants: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>>[] {
  const seen = new Set<string>();
  return variants.filter((values) => {
    const before = seen.size;
    for (const entry of Object.entries(values)) seen.add(JSON.stringify(entry));
    return seen.size > before;
  });
}

/** Runs a config with its study's probes, and sums up what was measured as the store does. */
async function measure(study: TrainingStudy, values: Readonly<Record<string, unknown>>): Promise<StudyRun> {
  const config = buildConfig(study.defaults, values);
  const metrics: Record<string, { last: number; min: number; max: number }> = {};
  const log = (measured: Readonly<Record<string, number>>) => {
    for (const [key, value] of Object.entries(measured)) {
      const { min, max } = metrics[key] ?? { min: value, max: value };
      metrics[key] = { last: value, min: Math.min(min, value), max: Math.max(max, value) };
    }
  };
  const { status } = await train(config, {
    engine,
    // TensorFlow takes a second to plan a graph of many layers, for two steps; the portable engine has whole steps alone.
    eager: engine.name !== 'portable',
    probes: study.probes,
    onStep: ({ metrics: measured }) => log(measured),
    onMetrics: (_, measured) => log(measured),
    onArtifact: () => {},
  });
  expect(status).toBe('finished');
  return { params: flatten(config), metrics, durationMs: null };
}

/** The metrics that each study is to measure. */
const MEASURED: Readonly<Record<string, readonly string[]>> = {
  spiral: ['loss', 'accuracy'],
  'learning-rate': ['loss', 'oscillation'],
  activations: ['accuracy', 'activationMean.1', 'activationStd.1', 'deadUnits.1', 'gradientNorm.1'],
  'vanishing-gradients': ['gradientNorm.1', 'gradientNorm.2', 'gradientRatio', 'initialGradientRatio'],
  'width-vs-depth': ['accuracy', 'testAccuracy', 'stepsTo90', 'initialGradientRatio', 'parameters'],
  softmax: ['accuracy', 'ece', 'stepsTo90', 'testLoss'],
  optimizers: ['loss', 'testAccuracy', 'optimizerBytes', 'parameters'],
  'lenet-vs-alexnet': ['testAccuracy', 'stepsTo95', 'parameters', 'flops'],
  repeatability: ['testAccuracy'],
  'mlp-vs-cnn': ['testAccuracy', 'parameters'],
};

describe('the studies', () => {
  it('are eleven, each with a name of its own, a question and claims', () => {
    expect(STUDIES.map(({ id }) => id)).toEqual([
      'tensors',
      'spiral',
      'learning-rate',
      'lenet-vs-alexnet',
      'activations',
      'vanishing-gradients',
      'width-vs-depth',
      'softmax',
      'optimizers',
      'repeatability',
      'mlp-vs-cnn',
    ]);
    for (const { question, claims } of STUDIES) {
      expect(question.en).toMatch(/\?$/);
      expect(claims.length).toBeGreaterThan(0);
    }
  });

  it('ask and claim in Chinese as in English, all eleven of them', () => {
    for (const { title, question, claims } of STUDIES) {
      expect(question.zh).toMatch(/[\u4e00-\u9fff].*？$/);
      for (const { text } of claims) {
        expect(text.zh).toMatch(/[\u4e00-\u9fff].*。$/);
        expect(text.en).toMatch(/^[\u0020-\u007e]+\.$/);
      }
      expect([title.en, title.zh]).not.toContain('');
    }
  });

  it('are a type error without Chinese', () => {
    expectTypeOf<{ en: string }>().not.toExtend<Text>();
    expectTypeOf<Study['question']>().toEqualTypeOf<Text>();
    expectTypeOf<Study['claims'][number]['text']>().toEqualTypeOf<Text>();
  });

  it('show what is to be seen in Chinese, too', () => {
    for (const { title, output } of ['tensors', 'softmax', 'repeatability'].flatMap((id) =>
      demonstrate(id, foundMemory),
    )) {
      expect(title.zh === title.en || /[\u4e00-\u9fff]/.test(title.zh)).toBe(true);
      expect(/[a-z]{3} [a-z]{2}/.test(output.zh) && output.zh !== output.en).toBe(false);
    }
  });

  it.each(TRAINING)('$id has valid variants that differ, five seeds each', (study) => {
    expect(SEEDS.full.length).toBeGreaterThanOrEqual(5);
    for (const scale of ['full', 'quick'] as const) {
      const configs = study.variants(scale).map((values) => JSON.stringify(buildConfig(study.defaults, values)));
      expect(configs.length).toBeGreaterThan(1);
      expect(new Set(configs).size).toBe(configs.length);
    }
  });

  it.each(TRAINING)(
    '$id runs tiny: with every value of its quick variants it finishes and measures what it should',
    async (study) => {
      const runs: StudyRun[] = [];
      for (const values of everyValue(study.variants('quick')))
        runs.push(
          await measure(study, tiny({ ...values, 'data.name': values['data.name'] ?? study.defaults.data.name })),
        );
      for (const { metrics } of runs)
        expect(Object.keys(metrics)).toEqual(expect.arrayContaining([...(MEASURED[study.id] ?? [])]));
      // One seed shows nothing, and is not said to.
      const { claims } = judgeStudy(study, { runs, demonstrations: [] });
      const byChance = claims.filter(({ claim }) => !/memory/.test(claim.en));
      expect(byChance.map(({ supported }) => supported)).toEqual(byChance.map(() => null));
    },
  );

  it('that trains nothing has something to show, all of which holds', () => {
    for (const id of ['tensors', 'softmax', 'repeatability']) {
      const shown = demonstrate(id, foundMemory);
      expect(shown.length).toBeGreaterThan(3);
      expect(shown.filter(({ holds }) => !holds)).toEqual([]);
    }
    expect(() => trainingStudy('tensors')).toThrow('"tensors" trains nothing');
    expect(demonstrate('spiral', foundMemory)).toEqual([]);
  });

  it('shows what the course saw: empty memory, and two dtypes that do not go together', () => {
    const shown = new Map(demonstrate('tensors', foundMemory).map(({ title, output }) => [title.en, output.en]));
    expect(shown.get('empty')).toMatch(/not initialised: this time \d+ NaN/);
    expect(shown.get('dtypes')).toMatch(/^DTypeMismatchError: .*float32 and int32.*cast\('float32'\)/);
    expect(shown.get('after the cast')).toBe('[[13]]');
  });

  it('shows NaN at logits of 1000, and the right loss in the stable form', () => {
    const shown = demonstrate('softmax', foundMemory).map(({ title, output }) => `${title.en}: ${output.en}`);
    expect(shown).toContain('unstable softmax-cross-entropy: loss NaN, where infinity meets infinity');
    expect(shown).toContain('stable softmax-cross-entropy: loss 1000, the true loss is 1000');
  });

  it('measure loss before each update, boundary and test set after the last one as well: steps 0 to 2 and 3 of three', async () => {
    const steps: Record<string, number[]> = { loss: [], boundary: [], testLoss: [] };
    const { steps: updates } = await train(
      buildConfig(trainingStudy('softmax').defaults, { epochs: 3, 'data.n': 20, 'model.hidden': [4] }),
      {
        engine,
        probes: trainingStudy('softmax').probes,
        onStep: ({ step }) => steps.loss?.push(step),
        onArtifact: ({ name, step }) => name === 'boundary' && step !== null && steps.boundary?.push(step),
        onMetrics: (step, metrics) => 'testLoss' in metrics && steps.testLoss?.push(step),
      },
    );
    expect({ updates, loss: steps.loss, boundary: steps.boundary?.at(-1), test: steps.testLoss?.at(-1) }).toEqual({
      updates: 3,
      loss: [0, 1, 2],
      boundary: 3,
      test: 3,
    });
  });

  it('of unknown names are refused with the nearest', () => {
    expect(() => getStudy('optimisers')).toThrow('Did you mean "optimizers"?');
  });

  it.each([1, 2, 4, 8])(
    'width-vs-depth: %i layers have as many parameters as 8 of 24, to a fiftieth',
    async (depth) => {
      const study = trainingStudy('width-vs-depth');
      const parameters = async (hidden: number[]) =>
        (await measure(study, { ...tiny({}), 'model.hidden': hidden })).metrics.parameters?.last ?? Number.NaN;
      const [own, deepest] = [await parameters(shapeOf(depth)), await parameters(shapeOf(8))];
      expect(shapeOf(8)).toEqual(new Array(8).fill(24));
      expect(Math.abs(own / deepest - 1)).toBeLessThan(0.02);
    },
  );

  it('lenet-vs-alexnet: each rung has one change more than the one before', () => {
    const study = trainingStudy('lenet-vs-alexnet');
    const rungs = study.variants('quick').map((values) => flatten(buildConfig(study.defaults, values)));
    for (const [i, rung] of rungs.slice(1).entries()) {
      const differing = Object.keys(rung).filter((path) => rung[path] !== rungs[i]?.[path]);
      expect(differing).toHaveLength(1);
    }
  });
});

describe('the command that repeats a recorded run', () => {
  const run = { config: trainingStudy('spiral').defaults, engine: 'cpu', environment: {}, command: 'as it was' };

  it('bug: of an experiment whose name is of old and endless was as long as the name, on every page of its runs', () => {
    expect(commandOf(run, 'mine')).toContain('--name mine');
    expect(commandOf(run, 'n'.repeat(1_000_000))).toBe(commandOf(run));
    expect(commandOf({ ...run, config: null }, 'mine')).toBe('as it was');
  });
});
