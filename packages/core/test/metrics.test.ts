import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  buildConfig,
  compare,
  goalOf,
  hasDiverged,
  MAIN_METRICS,
  mainMetricOf,
  mainPairOf,
  metricAxis,
  metricName,
  metricOf,
  metricWord,
  type Observation,
  type Probes,
  resultOf,
  STUDIES,
  trainingStudy,
} from '../src/index.ts';
import { loadEngine } from '../src/node/index.ts';
import { train } from './heard.ts';

/** Every metric that a study's run records: those of all probes of all studies, measured. */
async function recorded(): Promise<string[]> {
  const training = STUDIES.flatMap((study) => (study.kind === 'training' ? [study.probes] : []));
  const probes: Probes = Object.assign({}, ...training);
  const keys = new Set<string>();
  const note = (metrics: object) => {
    for (const key of Object.keys(metrics)) keys.add(key);
  };
  await train(buildConfig(trainingStudy('spiral').defaults, { epochs: 2, 'data.n': 20, 'model.hidden': [4, 4] }), {
    engine: await loadEngine('cpu'),
    probes: { ...probes, milestones: training.flatMap(({ milestones = [] }) => milestones) },
    onStep: ({ metrics }) => note(metrics),
    onMetrics: (_, metrics) => note(metrics),
  });
  return [...keys];
}

const ALL = await recorded();

describe('the registry of metrics', () => {
  it('knows all that Whorl records, each with a name and an axis in both languages', () => {
    expect(ALL).toEqual(expect.arrayContaining(['ece', 'stepsTo90', 'stepsTo95', 'testLoss', 'oscillation', 'flops']));
    expect(ALL).toEqual(expect.arrayContaining(['gradientNorm.1', 'activationMean.2', 'deadUnits.1', ...MAIN_METRICS]));
    expect(ALL.filter((key) => metricOf(key) === null)).toEqual([]);
    for (const key of ALL) {
      for (const { en, zh } of [metricName(key), metricAxis(key)]) {
        expect(en).not.toBe(key);
        expect(en).not.toContain('{');
        expect(zh).toMatch(/[\u4e00-\u9fff]/);
      }
    }
  });

  it('calls the figures of a batch what they are, and the others by what they were measured on', () => {
    expect(['loss', 'accuracy', 'trainLoss', 'testAccuracy'].map((key) => metricName(key).en)).toEqual([
      'Batch loss',
      'Batch accuracy',
      'Training loss',
      'Test accuracy',
    ]);
    expect(metricName('accuracy').zh).toBe('批次准确率');
    expect(metricName('gradientNorm.2')).toEqual({ en: 'Gradient of layer 2', zh: '第 2 层的梯度' });
  });

  it('leaves what another program logged its key', () => {
    for (const key of ['val/bleu', 'gradientNorm.x', 'gradientNorm', 'loss.1', 'constructor'])
      expect([metricOf(key), metricName(key), metricWord(key).en]).toEqual([null, { en: key, zh: key }, key]);
  });

  it('writes a name small within a sentence, where it is no abbreviation and nobody else’s', () => {
    const words = ['testAccuracy', 'flops', 'Val Loss'].map((key) => metricWord(key).en);
    expect(words).toEqual(['test accuracy', 'FLOPs', 'Val Loss']);
  });

  it('says what is a share and of what, and where an infinite value is no divergence', () => {
    expect(metricOf('testAccuracy')?.metric).toMatchObject({ range: [0, 1], shareOf: 'test rows' });
    expect(ALL.filter((key) => metricOf(key)?.metric.censored).sort()).toEqual(['stepsTo90', 'stepsTo95']);
  });

  it('has the test set’s figure for the main one, then the training set’s, and the batch’s of old records', () => {
    expect(mainMetricOf(ALL)).toBe('testAccuracy');
    expect(mainMetricOf(['loss', 'accuracy', 'trainAccuracy', 'trainLoss'])).toBe('trainAccuracy');
    expect(mainMetricOf(['accuracy', 'loss'])).toBe('accuracy');
    expect(mainMetricOf(['val/bleu'])).toBeNull();
    expect(mainPairOf(ALL)).toEqual(['testAccuracy', 'testLoss']);
    expect(mainPairOf(['loss', 'accuracy', 'testAccuracy', 'ece'])).toEqual(['testAccuracy', 'loss']);
    expect(mainPairOf(['loss'])).toEqual(['loss']);
  });
});

describe('what is better of a metric', () => {
  const names = (text: string) => text.split(' ');

  it('bug: is what its definition says, and of 42 names nobody’s guess by letters of the name', () => {
    const low = names(
      'loss testLoss trainLoss ece stepsTo90 oscillation deadUnits.3 flops parameters optimizerBytes mae rmse mse val/mse perplexity nll brier wer fid crossEntropy val_loss eval/loss test.loss',
    );
    const high = names('accuracy testAccuracy trainAccuracy val_acc val_accuracy f1 auc F1Score');
    const none = names(
      'latency memory memory_mb kl regret gap stepsPerSecond uptime timesCorrect precedence receptiveField losslessRatio errorFreeRuns constructor lossScale accuracyGap epoch_time gradientNorm.1 activationMean.1 gradientRatio lr',
    );
    expect(low.filter((name) => goalOf(name) !== 'lowest')).toEqual([]);
    expect(high.filter((name) => goalOf(name) !== 'highest')).toEqual([]);
    expect(none.filter((name) => goalOf(name) !== null)).toEqual([]);
  });

  const three = (metric: string, goal?: 'highest' | 'lowest') =>
    compare(
      [1, 2, 3, 4, 5].flatMap((seed): Observation[] => [
        { params: { seed, f: 'a' }, value: 10 + seed / 10 },
        { params: { seed, f: 'b' }, value: 20 + seed / 9 },
      ]),
      { metric, by: ['f'], ...(goal ? { goal } : {}) },
    );

  it('where nobody says, the highest is named and no more is said of it than that', () => {
    expect(three('latency')).toMatchObject({ goal: null, verdict: { kind: 'best', best: 'b' } });
  });

  it('is what the reader says', () => {
    expect(three('latency', 'lowest')).toMatchObject({ goal: 'lowest', verdict: { kind: 'best', best: 'a' } });
    expect(three('accuracy', 'lowest')).toMatchObject({ goal: 'lowest', verdict: { kind: 'best', best: 'a' } });
  });
});

describe('a run that diverged', () => {
  const of = (lasts: Readonly<Record<string, number | null>>) => hasDiverged((key) => lasts[key]);

  it('bug: is told by its losses, whatever else it measured', () => {
    expect(of({ loss: Number.NaN, accuracy: 0.3333, stepsTo90: 12 })).toBe(true);
    expect(of({ loss: 0.1, trainLoss: 0.1, testLoss: Number.POSITIVE_INFINITY })).toBe(true);
    expect(of({ loss: 0.1, accuracy: 0.9, stepsTo90: Number.POSITIVE_INFINITY })).toBe(false);
    expect(of({ loss: null, accuracy: Number.NaN })).toBe(false);
  });

  it('bug: has no accuracy to average, and never reached what a metric waits for', () => {
    expect(resultOf('testAccuracy', 0.3333, true)).toBeNaN();
    expect(resultOf('stepsTo90', 12, true)).toBe(Number.POSITIVE_INFINITY);
    expect(resultOf('val_acc', 0.3333, true)).toBeNaN();
    expect(resultOf('testAccuracy', 0.9, false)).toBe(0.9);
  });
});

describe('bounds of a metric', () => {
  const bounds = (key: string, values: readonly number[]) =>
    boundsOf(
      key,
      values.map((value) => ({ value })),
    );

  it('are those of its definition, also of another program, unless a value is beyond them', () => {
    for (const key of ['testAccuracy', 'oscillation', 'deadUnits.2', 'val_acc', 'eval/f1', 'balancedAccuracy'])
      expect(bounds(key, [0.25, 0.5])).toEqual({ step: 0.25 });
    expect(bounds('val_acc', [93, 95])).toBeUndefined();
    for (const key of ['loss', 'accuracyGap', 'r2', 'wer', 'errorFreeRuns'])
      expect(bounds(key, [0.2, 0.5])).toBeUndefined();
  });
});
