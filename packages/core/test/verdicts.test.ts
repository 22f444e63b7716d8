import { describe, expect, it } from 'vitest';
import { judgeStudy, outcomeOf, Rng, STUDIES, type Study, type TrainingStudy, trainingStudy } from '../src/index.ts';
import { formatInterval } from '../src/statistics/format-statistics.ts';
import { levelsOf } from '../src/statistics/level-results.ts';
import { judge as judgeAll, last } from '../src/studies/judging.ts';
import { formatNumber, numberFormat } from '../src/text/format-number.ts';
import { sameText } from '../src/text/text.ts';
import { madeUp, type Params, type World } from './made-up-runs.ts';

// Every claim of every study is judged in worlds that were made up, so that the answer is known: one where the claim is
// true, one where it is not, one with too few seeds, and one where something else differs as well.

interface Case {
  readonly study: string;
  /** The claim's place in the study. */
  readonly claim: number;
  readonly truth: World;
  /** Null where no runs can refute it. */
  readonly untruth: World | null;
  /** Where the seeds disagree. */
  readonly open?: World;
  /** The level whose runs differ in their epochs, too; null where the claim compares no levels. */
  readonly confounded: ((params: Params) => boolean) | null;
}

const lr = (params: Params) => Number(params['optimizer.lr']);
const layers = (params: Params) => (JSON.parse(String(params['model.hidden'])) as number[]).length;
const is = (path: string, value: unknown) => (params: Params) => params[path] === value;

/** What it comes to from seed to seed: to nothing, over all. */
const swing = (seed: number) => (seed % 2 === 0 ? 0.03 : -0.02);

const byRate =
  (oscillation: (rate: number) => number): World =>
  (params) => ({
    loss: 0.1 + Math.abs(Math.log10(lr(params) / 0.01)),
    oscillation: oscillation(lr(params)),
  });

const ratio =
  (of: (params: Params) => number): World =>
  (params) => ({ initialGradientRatio: of(params) });

const isDeepPlain = (params: Params) => layers(params) === 20 && params['model.block'] === 'plain';

const shape =
  (wide: Record<string, number>, deep: Record<string, number>): World =>
  (params) =>
    layers(params) === 1 ? wide : deep;

const loss =
  (softmax: Record<string, number>, other: Record<string, number>): World =>
  (params) =>
    params['loss.name'] === 'softmax-cross-entropy' ? softmax : other;

/** Rates from the best one, 0.01, to worse ones by `slope` a decade; SGD ends at `sgd`, Adam at 0.1. */
const search =
  (sgd: number, slope: { readonly sgd: number; readonly adam: number }): World =>
  (params) => {
    const own = params['optimizer.name'] === 'sgd' ? { at: sgd, slope: slope.sgd } : { at: 0.1, slope: slope.adam };
    return {
      loss: own.at + own.slope * Math.abs(Math.log10(lr(params) / 0.01)),
      optimizerBytes: params['optimizer.name'] === 'sgd' ? 0 : 8000,
      parameters: 1000,
    };
  };

const memory =
  (sgd: number, adam: number): World =>
  (params) => ({ optimizerBytes: params['optimizer.name'] === 'sgd' ? sgd : adam, parameters: 1000, loss: 1 });

/** How many changes from LeNet to AlexNet a run has. */
const changes = (params: Params): number =>
  [
    params['model.activation'] !== 'sigmoid',
    params['model.activation'] === 'relu',
    params['model.pooling'] === 'max',
    params['model.filters'] !== '[6,16]',
    params['model.filters'] === '[12,32,32,32,32]',
    params['model.dropout'] === 0.5,
    params['data.augment'] === 'shift',
  ].filter(Boolean).length;

/** The test accuracy of both networks, on digits as they are and on permuted ones. */
const digits =
  (of: Readonly<Record<'mlp' | 'permutedMlp' | 'cnn' | 'permutedCnn', number>>): World =>
  (params) => {
    const isMlp = params['model.name'] === 'mlp';
    const isPermuted = params['data.permuted'] === true;
    return { testAccuracy: isPermuted ? (isMlp ? of.permutedMlp : of.permutedCnn) : isMlp ? of.mlp : of.cnn };
  };

const CASES: readonly Case[] = [
  {
    study: 'spiral',
    claim: 0,
    truth: (params) => ({ accuracy: params['model.activation'] === 'relu' ? 0.949 : 0.504 }),
    untruth: (params) => ({
      accuracy: params['model.activation'] === 'relu' && params['optimizer.name'] === 'adam' ? 0.949 : 0.504,
    }),
    confounded: null, // in a full grid nothing else differs; see below
  },
  {
    study: 'learning-rate',
    claim: 0,
    truth: byRate((rate) => (rate > 0.01 ? 0.5 : 0.1)),
    untruth: byRate((rate) => (rate > 0.01 ? 0.05 : 0.1)),
    open: byRate(() => 0.1),
    confounded: is('optimizer.lr', 0.01),
  },
  {
    study: 'learning-rate',
    claim: 1,
    truth: byRate(() => 0.1),
    // The rate that is called best has the least mean loss: the smallest one is never shown to be better.
    untruth: null,
    // The smallest rate is now better than the best one, now worse.
    open: (params, seed) => ({
      loss: lr(params) === 0.01 ? 0.1 : lr(params) === 1e-4 ? 0.1 + (seed % 2 === 0 ? -0.018 : 0.02) : 2,
      oscillation: 0,
    }),
    confounded: is('optimizer.lr', 0.01),
  },
  {
    study: 'activations',
    claim: 0,
    truth: (params) => ({ accuracy: params['model.activation'] === 'linear' ? 0.5 : 0.9 }),
    untruth: (params) => ({
      accuracy: params['model.activation'] === 'sigmoid' ? 0.4 : params['model.activation'] === 'linear' ? 0.5 : 0.9,
    }),
    open: (params, seed) => ({
      accuracy:
        params['model.activation'] === 'sigmoid'
          ? 0.5 + swing(seed)
          : params['model.activation'] === 'linear'
            ? 0.5
            : 0.9,
    }),
    confounded: is('model.activation', 'linear'),
  },
  {
    study: 'activations',
    claim: 1,
    truth: () => ({ 'activationMean.1': 0.01, 'activationStd.1': 1 }),
    untruth: () => ({ 'activationMean.1': 0.5, 'activationStd.1': 1 }),
    confounded: null,
  },
  {
    study: 'vanishing-gradients',
    claim: 0,
    truth: ratio((params) => (isDeepPlain(params) ? 1e-17 : 0.1)),
    untruth: ratio((params) => (isDeepPlain(params) ? 1e-3 : 0.1)),
    confounded: isDeepPlain,
  },
  {
    study: 'vanishing-gradients',
    claim: 1,
    truth: ratio((params) => (isDeepPlain(params) ? 1e-17 : 0.1)),
    untruth: ratio((params) => (params['model.block'] === 'residual' ? 0.1 : 1e-3)),
    confounded: isDeepPlain,
  },
  {
    study: 'vanishing-gradients',
    claim: 2,
    truth: ratio(() => 0.5),
    untruth: ratio((params) => (params['model.init'] === 'pytorch' ? 1e-8 : 0.5)),
    confounded: null,
  },
  {
    study: 'width-vs-depth',
    claim: 0,
    truth: shape({ accuracy: 0.95, testAccuracy: 0.9 }, { accuracy: 1, testAccuracy: 0.7 }),
    untruth: shape({ accuracy: 1, testAccuracy: 0.7 }, { accuracy: 0.95, testAccuracy: 0.9 }),
    open: (params, seed) => ({ accuracy: 0.95 + (layers(params) === 1 ? 0 : swing(seed)), testAccuracy: 0.9 }),
    confounded: (params) => layers(params) === 1,
  },
  {
    study: 'width-vs-depth',
    claim: 1,
    truth: shape({ testAccuracy: 0.8 }, { testAccuracy: 0.9 }),
    untruth: shape({ testAccuracy: 0.9 }, { testAccuracy: 0.8 }),
    confounded: (params) => layers(params) === 1,
  },
  {
    study: 'width-vs-depth',
    claim: 2,
    truth: shape({ initialGradientRatio: 0.1 }, { initialGradientRatio: 0.9 }),
    untruth: shape({ initialGradientRatio: 0.9 }, { initialGradientRatio: 0.1 }),
    confounded: (params) => layers(params) === 8,
  },
  {
    study: 'softmax',
    claim: 0,
    truth: loss({ stepsTo90: 100 }, { stepsTo90: Number.POSITIVE_INFINITY }),
    untruth: loss({ stepsTo90: 300 }, { stepsTo90: 100 }),
    confounded: is('loss.name', 'softmax-cross-entropy'),
  },
  {
    study: 'softmax',
    claim: 1,
    // Of softmax alone: that others are worse does not make its probabilities true.
    truth: () => ({ ece: 0.01 }),
    untruth: loss({ ece: 0.1 }, { ece: 0.3 }),
    open: (_, seed) => ({ ece: 0.05 + swing(seed) }),
    confounded: null,
  },
  {
    study: 'optimizers',
    claim: 0,
    truth: search(0.5, { sgd: 0.5, adam: 0.5 }),
    untruth: search(0.05, { sgd: 0.5, adam: 0.5 }),
    confounded: is('optimizer.name', 'sgd'),
  },
  {
    study: 'optimizers',
    claim: 1,
    truth: search(0.1, { sgd: 1, adam: 0.1 }),
    untruth: search(0.1, { sgd: 0.1, adam: 1 }),
    confounded: is('optimizer.name', 'adam'),
  },
  {
    study: 'lenet-vs-alexnet',
    claim: 0,
    truth: (params) => ({ testAccuracy: 0.8 + 0.01 * changes(params) }),
    untruth: (params) => ({ testAccuracy: 0.9 - 0.01 * changes(params) }),
    confounded: is('data.augment', 'shift'),
  },
  {
    study: 'lenet-vs-alexnet',
    claim: 1,
    truth: (params) => ({ stepsTo95: 400 - 50 * changes(params) }),
    untruth: (params) => ({ stepsTo95: 50 + 50 * changes(params) }),
    open: () => ({ stepsTo95: Number.POSITIVE_INFINITY }), // neither gets there
    confounded: (params) => changes(params) === 1,
  },
  {
    study: 'lenet-vs-alexnet',
    claim: 2,
    truth: (params) => ({ testAccuracy: 0.7 + 0.03 * changes(params) }),
    untruth: (params) => ({ testAccuracy: changes(params) === 4 ? 0.5 : 0.7 + 0.03 * changes(params) }),
    confounded: (params) => changes(params) === 6,
  },
  {
    study: 'repeatability',
    claim: 0,
    truth: (params) => ({ testAccuracy: params['model.hidden'] === '[100]' ? 0.8 : 0.9 }),
    untruth: (params, seed) => ({ testAccuracy: 0.9 + (params['model.hidden'] === '[100]' ? 1 : -1) * swing(seed) }),
    confounded: null,
  },
  {
    study: 'mlp-vs-cnn',
    claim: 0,
    truth: digits({ mlp: 0.9, permutedMlp: 0.9, cnn: 0.95, permutedCnn: 0.9 }),
    untruth: digits({ mlp: 0.95, permutedMlp: 0.9, cnn: 0.9, permutedCnn: 0.9 }),
    confounded: is('model.name', 'lenet'),
  },
  {
    study: 'mlp-vs-cnn',
    claim: 1,
    truth: digits({ mlp: 0.9, permutedMlp: 0.9, cnn: 0.95, permutedCnn: 0.88 }),
    untruth: digits({ mlp: 0.9, permutedMlp: 0.9, cnn: 0.95, permutedCnn: 0.99 }),
    confounded: null,
  },
  {
    study: 'mlp-vs-cnn',
    claim: 2,
    truth: digits({ mlp: 0.9, permutedMlp: 0.905, cnn: 0.95, permutedCnn: 0.9 }),
    untruth: digits({ mlp: 0.9, permutedMlp: 0.8, cnn: 0.95, permutedCnn: 0.9 }),
    confounded: null,
  },
];

const CHINESE = /[\u4e00-\u9fff]/;
/** Words of a sentence; names of kinds stay as they are. */
const ENGLISH_WORDS = /\b(the|of|at|and|is|not|with|against|runs?|seeds?|mean)\b/i;

const judge = (study: TrainingStudy, claim: number, evidence: Parameters<Study['claims'][0]['judge']>[0]) => {
  const judged = study.claims[claim]?.judge(evidence);
  if (!judged) throw new Error(`${study.id} has no claim ${claim}`);
  return judged;
};

describe.each(CASES)('the verdict on claim $claim of $study', (one) => {
  const { study: id, claim, truth, untruth, open, confounded } = one;
  const study = trainingStudy(id);

  it('is "shown" where it is true', () => {
    expect(judge(study, claim, madeUp(study, truth))).toMatchObject({ supported: true });
  });

  if (untruth) {
    it('is "refuted" where it is not', () => {
      expect(judge(study, claim, madeUp(study, untruth))).toMatchObject({ supported: false });
    });
  }

  if (open) {
    it('is "undecided" where the seeds disagree, and not refuted', () => {
      expect(judge(study, claim, madeUp(study, open))).toMatchObject({ supported: null });
    });
  }

  it('is "not enough runs" for two seeds, and for none', () => {
    for (const seeds of [[1, 2], []]) {
      const { supported, verdict } = judge(study, claim, madeUp(study, truth, { seeds }));
      expect(supported).toBeNull();
      expect(verdict.en).toMatch(/not enough runs/i);
      expect(verdict.zh).toMatch(/运行不够/);
    }
  });

  if (confounded === null) return;

  it('is none where something else differs as well, which it names', () => {
    const change = (params: Params) =>
      confounded?.(params) ? { ...params, epochs: Number(params.epochs) + 1 } : params;
    const { supported, verdict } = judge(study, claim, madeUp(study, truth, { change }));
    expect(supported).toBeNull();
    expect(verdict.en).toMatch(/confounded, epochs differ/);
    expect(verdict.zh).toMatch(/存在混杂，epochs 也不同/);
  });
});

describe('a verdict', () => {
  it('covers every claim that is judged by runs', () => {
    const judged = STUDIES.flatMap((study) =>
      study.kind === 'training' ? study.claims.map((_, claim) => `${study.id} ${claim}`) : [],
    );
    // Three claims are no matter of chance: what is kept in memory, and what two studies' demonstrations show.
    const exact = ['optimizers 2', 'softmax 2', 'repeatability 1'];
    expect(new Set([...CASES.map(({ study, claim }) => `${study} ${claim}`), ...exact])).toEqual(new Set(judged));
  });

  it('on the spiral adds up: activation, optimizer and both together make the gap, with the corners alone confounded', () => {
    const spiral = trainingStudy('spiral');
    const cells: Record<string, number> = {
      'linear sgd': 0.5,
      'linear adam': 0.55,
      'relu sgd': 0.6,
      'relu adam': 0.95,
    };
    const world: World = (params) => ({
      accuracy: cells[`${params['model.activation']} ${params['optimizer.name']}`] ?? Number.NaN,
    });
    const evidence = madeUp(spiral, world);
    const { numbers } = judge(spiral, 0, evidence);
    expect(numbers.gap).toBeCloseTo(0.45, 2);
    expect(numbers.activation).toBeCloseTo(0.1, 2);
    expect(numbers.optimizer).toBeCloseTo(0.05, 2);
    expect(numbers.together).toBeCloseTo(0.3, 2);
    const parts = [numbers.activation, numbers.optimizer, numbers.together].map((part) => part ?? Number.NaN);
    expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(numbers.gap ?? Number.NaN, 12);
    const corners = evidence.runs.filter(
      ({ params }) => (params['model.activation'] === 'linear') === (params['optimizer.name'] === 'sgd'),
    );
    expect(judge(spiral, 0, { runs: corners, demonstrations: [] })).toMatchObject({
      supported: null,
      verdict: { en: expect.stringMatching(/^Confounded/), zh: expect.stringMatching(/^存在混杂/) },
    });
  });

  it('bug: SGD at 0.001 was starved, which was laid to ReLU: with one rate for both optimizers nothing is decided', () => {
    const spiral = trainingStudy('spiral');
    // With steps of a size that suits it, SGD needs no Adam.
    const world: World = (params) => {
      if (params['model.activation'] === 'linear') return { accuracy: 0.51 };
      return { accuracy: params['optimizer.name'] === 'sgd' && lr(params) < 1 ? 0.52 : 0.99 };
    };
    const evidence = madeUp(spiral, world);
    const whole = judge(spiral, 0, evidence);
    expect(whole.supported).toBe(true);
    expect(whole.numbers.activation).toBeCloseTo(0.48, 2);
    expect(whole.numbers['relu · sgd · 0.001']).toBeCloseTo(0.52, 2);
    expect(whole.verdict.en).toMatch(/Adam alone \(on the linear network\) is not shown to add: /);
    const starved = evidence.runs.filter(({ params }) => lr(params) === 0.001);
    expect(judge(spiral, 0, { runs: starved, demonstrations: [] })).toMatchObject({
      supported: null,
      verdict: {
        en: expect.stringMatching(/^Confounded: with one learning rate/),
        zh: expect.stringMatching(/^存在混杂/),
      },
    });
  });

  it('on calibration says what softmax itself comes to, not only how far the others are from it', () => {
    const study = trainingStudy('softmax');
    const world = loss({ ece: 0.02, stepsTo90: 100 }, { ece: 0.1, stepsTo90: 300 });
    const { verdict, numbers } = judge(study, 1, madeUp(study, world));
    expect(numbers['softmax-cross-entropy.ece.mean']).toBeCloseTo(0.02, 3);
    expect(numbers['squared-error.ece.mean']).toBeCloseTo(0.1, 3);
    for (const text of Object.values(verdict)) expect(text).toMatch(/^softmax-cross-entropy 0\.02\d* \[/m);
  });

  it('bug: gave the calibration error another interval than the comparison of the same runs', () => {
    const study = trainingStudy('softmax');
    const world: World = (params, seed) => ({
      ece: (is('loss.name', 'softmax-cross-entropy')(params) ? 0.02 : 0.1) + swing(seed) / 4,
    });
    const evidence = madeUp(study, world);
    const { verdict } = judge(study, 1, evidence);
    const losses = ['softmax-cross-entropy', 'squared-error'];
    const levels = losses.map((loss) => ({
      key: loss,
      values: [loss],
      runs: evidence.runs
        .filter(({ params }) => params['loss.name'] === loss && params['loss.stable'] !== false)
        .map(({ params, metrics }) => ({ params, value: metrics.ece?.last ?? Number.NaN })),
    }));
    for (const { level, summary } of levelsOf({ levels }, 'ece')) {
      const ends = summary?.ci95;
      if (!ends) throw new Error(`${level} has no interval`);
      expect(verdict.en).toContain(
        `${level} ${formatNumber(summary.mean)} ${formatInterval(ends, numberFormat(ends))}`,
      );
    }
  });

  it('reads in English and in Chinese, which say the same numbers', () => {
    const worlds = CASES.flatMap(({ study: id, claim, truth, untruth, open }) =>
      [truth, untruth, open]
        .flatMap((world) => (world ? [world] : []))
        .map((world) => ({ study: trainingStudy(id), claim, world })),
    );
    const numbersIn = (text: string) => [...text.matchAll(/\d+(?:\.\d+)?(?:e[-+]\d+)?/g)].map(String).sort();
    for (const { study, claim, world } of worlds) {
      for (const seeds of [[1, 2, 3, 4, 5], [1]]) {
        const { verdict } = judge(study, claim, madeUp(study, world, { seeds }));
        expect(verdict.en).not.toMatch(CHINESE);
        expect(verdict.zh).toMatch(CHINESE);
        expect(verdict.zh).not.toMatch(ENGLISH_WORDS);
        expect(numbersIn(verdict.zh)).toEqual(numbersIn(verdict.en));
      }
    }
  });

  it('says which runs diverge, and does not average them', () => {
    const study = trainingStudy('learning-rate');
    const world: World = (params) => ({
      loss: lr(params) >= 0.1 ? Number.NaN : 0.1 + Math.abs(Math.log10(lr(params) / 0.01)),
      oscillation: lr(params) >= 0.1 ? Number.NaN : 0,
    });
    const { supported, verdict, numbers } = judge(study, 0, madeUp(study, world));
    expect(supported).toBe(false);
    expect(verdict.en).toContain('5 of 5 runs at 0.1 diverge');
    expect(verdict.zh).toContain('学习率为 0.1 的 5 次运行中有 5 次发散');
    expect(numbers['sgd.divergesFrom']).toBe(0.1);
  });

  it('on memory is exact: equal bytes are not less', () => {
    const study = trainingStudy('optimizers');
    expect(judge(study, 2, madeUp(study, memory(0, 8000), { seeds: [1] })).supported).toBe(true);
    expect(judge(study, 2, { runs: [], demonstrations: [] }).supported).toBeNull();
  });

  it('chooses the rate of a seed by the other seeds', () => {
    const study = trainingStudy('optimizers');
    // Adam at 0.1 is splendid for seed 1 alone: chosen by its own outcome, it would be taken.
    const world: World = (params, seed) => ({
      loss: params['optimizer.name'] === 'adam' && lr(params) === 0.1 && seed === 1 ? 1e-6 : 0.5 + lr(params),
      optimizerBytes: 0,
      parameters: 1,
    });
    const { numbers } = judge(study, 0, madeUp(study, world));
    expect(numbers['shallow.adam.loss']).toBeGreaterThan(0.49);
  });

  it('bug: an optimizer that learned at no rate was said to need no care in choosing one', () => {
    const study = trainingStudy('optimizers');
    // SGD guesses on the convolutional network at every rate; Adam learns at one of them.
    const world =
      (guessing: number): World =>
      (params) => {
        const isIdle = params['optimizer.name'] === 'sgd' && params['model.name'] !== 'mlp';
        if (isIdle) return { loss: guessing };
        return { loss: lr(params) === 0.01 ? 0.1 : params['optimizer.name'] === 'sgd' ? 1 : 0.5 };
      };
    const { supported, verdict, numbers } = judge(study, 1, madeUp(study, world(Math.log(10))));
    expect(numbers['convolutional.regret.difference']).toBeLessThan(-0.1); // what refuted it
    expect(supported).toBeNull();
    expect(verdict.en).toContain('On the convolutional network sgd halves the loss of guessing at none of these rates');
    expect(verdict.zh).toContain('在卷积网络上，sgd 用这些学习率都没有');
    expect(verdict.en).toContain('on the shallow network +');
    // As soon as it learns, the same lack of a difference between rates counts.
    expect(judge(study, 1, madeUp(study, world(1))).supported).toBe(false);
  });

  it('on demonstrations follows them', () => {
    const shown = (holds: boolean) => ({
      runs: [],
      demonstrations: [{ title: sameText('empty'), code: 'empty([2])', output: sameText('[0, NaN]'), holds }],
    });
    for (const id of ['tensors', 'softmax']) {
      const claim = STUDIES.find((study) => study.id === id)?.claims.at(-1);
      expect(claim?.judge(shown(true)).supported).toBe(true);
      expect(claim?.judge(shown(false)).supported).toBe(false);
      expect(claim?.judge({ runs: [], demonstrations: [] }).supported).toBeNull();
    }
  });

  it('of a study holds where all claims do, fails where one does, and is open where one is', () => {
    const claim = (supported: boolean | null) => ({
      text: sameText('x'),
      judge: () => ({ supported, verdict: sameText('y'), numbers: {} }),
    });
    const together = (...answers: (boolean | null)[]) =>
      judgeStudy({ claims: answers.map(claim) }, { runs: [], demonstrations: [] }).supported;
    expect([together(true, true), together(true, null), together(null, false), together(true, false)]).toEqual([
      true,
      null,
      false,
      false,
    ]);
  });
});

describe('a claim of eight expectations on five seeds', () => {
  const PARTS = 8;
  const SETS = 1_000;
  const rng = Rng.of(19);

  /** How often it is shown and refuted where these are the true differences, in standard deviations of a pair. */
  function outcomes(truth: readonly number[]) {
    const counts = { shown: 0, refuted: 0, undecided: 0 };
    for (let set = 0; set < SETS; set++) {
      const { supported } = judgeAll(
        truth.map((d, part) => ({
          key: String(part),
          of: sameText('x'),
          runs: [1, 2, 3, 4, 5].flatMap((seed) =>
            ['a', 'b'].map((level) => ({
              params: { seed, level },
              metrics: { x: { last: level === 'a' ? d + rng.normal() : 0, min: 0, max: 0 } },
              durationMs: null,
            })),
          ),
          value: last('x'),
          by: ['level'],
          greater: 'a',
          less: 'b',
        })),
      );
      counts[outcomeOf({ supported })] += 1;
    }
    return counts;
  }
  /** Of a share of {@link SETS}: three standard errors. */
  const within = (share: number) => 3 * Math.sqrt(share * (1 - share) * SETS);

  it('bug: was corrected for its parts: of differences of 2 it was shown in 25%, where the parts are in 47%', () => {
    const { shown, refuted } = outcomes(new Array<number>(PARTS).fill(2));
    expect(Math.abs(shown - 0.47 * SETS)).toBeLessThan(within(0.47));
    expect(refuted).toBe(0);
  });

  it('is shown in no more than 2.7% where one of them is false', () => {
    const { shown } = outcomes([0, ...new Array<number>(PARTS - 1).fill(20)]);
    expect(shown).toBeLessThan(0.027 * SETS + within(0.027));
  });

  it('bug: was called false in 60% where it was true: it is undecided', () => {
    const { refuted, undecided } = outcomes(new Array<number>(PARTS).fill(1));
    expect(refuted).toBeLessThan(0.01 * SETS);
    expect(undecided).toBeGreaterThan(0.6 * SETS);
  });
});

it('bug: the verdict on equal values said "0 -, p = 1.0000"', () => {
  const verdictOf = (a: number) =>
    judgeAll([
      {
        key: 'steps',
        of: { en: 'steps to 0.9', zh: '到 0.9 的步数' },
        runs: [1, 2, 3].flatMap((seed) =>
          ['a', 'b'].map((level) => ({
            params: { seed, level },
            metrics: { x: { last: level === 'a' ? a : 1000, min: 0, max: 0 } },
            durationMs: null,
          })),
        ),
        value: last('x'),
        by: ['level'],
        greater: 'a',
        less: 'b',
      },
    ]);
  expect(verdictOf(1000)).toMatchObject({
    supported: null,
    verdict: {
      en: 'a against b: the same steps to 0.9 at both with each of 3 seeds, p = 1.0000.',
      zh: 'a 与 b 相比：3 个种子上，到 0.9 的步数在两边都相同，p = 1.0000。',
    },
  });
  expect(verdictOf(1012)).toMatchObject({
    verdict: {
      en: 'a against b: steps to 0.9 +12 with each of 3 seeds, p = 0.2500.',
      zh: 'a 与 b 相比：到 0.9 的步数 +12，3 个种子上都如此，p = 0.2500。',
    },
  });
});
