import { parseConfig } from '../config/assignments.ts';
import { summarize } from '../statistics/summary.ts';
import { formatNumber } from '../text/format-number.ts';
import { joinTexts, linesOf, type Text } from '../text/text.ts';
import { atBestRate } from './best-rate.ts';
import { all, type Expectation, judge, last, notEnough, trainingLoss, where } from './judging.ts';
import { evenSteps } from './look-steps.ts';
import type { Evidence, Judgement, StudyRun, TrainingStudy } from './study.ts';
import { combinations, crossed } from './variants.ts';

const OPTIMIZERS = ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adagrad', 'adam', 'adamw'] as const;
/** The rates that are searched for each optimizer: the same budget for all. */
const RATES = { full: [1e-4, 1e-3, 0.01, 0.1, 1], quick: [1e-3, 0.01, 0.1] } as const;

/** A shallow, a deep and a convolutional network. */
const NETWORKS = {
  shallow: { 'model.hidden': [100] },
  deep: { 'model.hidden': [32, 32, 32, 32, 32, 32] },
  convolutional: { 'model.name': 'lenet', 'data.name': 'mnist', 'data.n': 1000, batchSize: 64, epochs: 5 },
} as const;
type Network = keyof typeof NETWORKS;

const networkOf = ({ params }: Pick<StudyRun, 'params'>): Network => {
  if (params['model.name'] !== 'mlp') return 'convolutional';
  return params['model.hidden'] === JSON.stringify(NETWORKS.shallow['model.hidden']) ? 'shallow' : 'deep';
};

export const optimizersStudy: TrainingStudy = {
  id: 'optimizers',
  kind: 'training',
  title: { en: 'SGD and Adam', zh: 'SGD 与 Adam' },
  question: {
    en: 'Which optimizer gets furthest in the same number of steps, each at its best learning rate, and what does it take?',
    zh: '步数相同、各用自己最好的学习率时，哪种优化器走得最远？代价是什么？',
  },
  defaults: parseConfig({
    study: 'optimizers',
    seed: 1,
    epochs: 400,
    batchSize: 'full',
    data: { name: 'spiral', n: 300 },
    model: { name: 'mlp', hidden: [100] },
    optimizer: { name: 'adam', lr: 1e-3, weightDecay: 1e-4 }, // a little decay, which AdamW applies in its own way
  }),
  factors: ['optimizer.name', 'optimizer.lr', 'model.hidden', 'model.name'],
  course: [],
  measure: { metric: 'trainLoss', searched: 'optimizer.lr' },
  probes: { test: evenSteps, cost: true },
  variants: (scale) =>
    crossed(Object.values(NETWORKS), combinations({ 'optimizer.name': OPTIMIZERS, 'optimizer.lr': RATES[scale] })),
  claims: [
    { text: { en: 'Adam converges faster than SGD.', zh: 'Adam 比 SGD 收敛得快。' }, judge: converges },
    {
      text: {
        en: 'SGD needs its learning rate adjusted more carefully than Adam.',
        zh: 'SGD 的学习率比 Adam 更需要仔细调整。',
      },
      judge: sensitive,
    },
    { text: { en: 'SGD takes less memory than Adam.', zh: 'SGD 占用的内存比 Adam 少。' }, judge: memory },
  ],
};

const NETWORK_IDS = Object.keys(NETWORKS) as Network[];
const NETWORK_NAMES: Readonly<Record<Network, Text>> = {
  shallow: { en: 'shallow', zh: '浅层网络' },
  deep: { en: 'deep', zh: '深层网络' },
  convolutional: { en: 'convolutional', zh: '卷积网络' },
};

/** The network of a run, and its place from shallow to convolutional. */
export function networkIn(params: StudyRun['params']): { readonly order: number; readonly name: Text } {
  const network = networkOf({ params });
  return { order: NETWORK_IDS.indexOf(network), name: NETWORK_NAMES[network] };
}

/** The loss that a diverged run counts as: worse than that of guessing, which bounds all others. */
const WORST = 10;
const finalLoss = (run: StudyRun): number => {
  const loss = trainingLoss(run);
  return Number.isFinite(loss) ? Math.min(loss, WORST) : WORST;
};

/** The runs of a network at their best rates: one for each seed and optimizer. */
function atBestRates(runs: readonly StudyRun[], optimizers: readonly string[]): StudyRun[] {
  return optimizers.flatMap((optimizer) =>
    [...(atBestRate(where(runs, { 'optimizer.name': optimizer }), finalLoss)?.values() ?? [])].map(({ run }) => {
      // Each optimizer is taken at its own best rate, which is part of the level and not a param that differs.
      const { 'optimizer.lr': _, ...params } = run.params;
      return { ...run, params };
    }),
  );
}

const onNetwork = (runs: readonly StudyRun[], network: Network) => runs.filter((run) => networkOf(run) === network);

function converges({ runs }: Evidence): Judgement {
  const judged = judge(
    NETWORK_IDS.map((network) => ({
      key: network,
      of: { en: `final loss on the ${network} network`, zh: `${NETWORK_NAMES[network].zh}最后的损失` },
      runs: atBestRates(onNetwork(runs, network), ['sgd', 'adam']),
      value: finalLoss,
      by: ['optimizer.name'],
      greater: 'sgd',
      less: 'adam',
    })),
  );
  const ranking = NETWORK_IDS.map((network) => ({ network, order: rankingOf(onNetwork(runs, network)) }));
  const lines = ranking.map(({ network, order }): Text => {
    const list = joinTexts(
      order.map(({ optimizer, loss, seconds }) => {
        const [at, time] = [`${optimizer} ${formatNumber(loss)}`, formatNumber(seconds)];
        return { en: `${at} (${time} s)`, zh: `${at}（${time} 秒）` };
      }),
      { en: ', ', zh: '，' },
    );
    const name = NETWORK_NAMES[network];
    return { en: `${name.en}: ${list.en}.`, zh: `${name.zh}：${list.zh}。` };
  });
  const heading: Text = {
    en: 'Mean final loss, each at its best rate, and the time of a run:',
    zh: '各用最好的学习率时最后损失的均值，以及一次运行的用时：',
  };
  return {
    ...judged,
    verdict: linesOf([judged.verdict, heading, ...lines]),
    numbers: {
      ...judged.numbers,
      ...Object.fromEntries(
        ranking.flatMap(({ network, order }) =>
          order.map(({ optimizer, loss }) => [`${network}.${optimizer}.loss`, loss]),
        ),
      ),
    },
  };
}

/** The optimizers by mean final loss, the least first, each at its best rate. */
function rankingOf(runs: readonly StudyRun[]) {
  return OPTIMIZERS.flatMap((optimizer) => {
    const own = atBestRates(runs, [optimizer]);
    if (own.length === 0) return [];
    const times = own.flatMap(({ durationMs }) => (durationMs === null ? [] : [durationMs / 1000]));
    return [
      {
        optimizer,
        loss: summarize(own.map(finalLoss)).mean,
        seconds: times.length > 0 ? summarize(times).mean : null,
      },
    ];
  }).sort((a, b) => a.loss - b.loss);
}

/** The loss of a network that guesses. */
const guessed = ({ params }: StudyRun): number => Math.log(Number(params['data.classes'] ?? MNIST_CLASSES));
const MNIST_CLASSES = 10;

/** Whether an optimizer learned at its best rate, i.e. halved the loss of guessing. Null where it was not run. */
function hasLearned(runs: readonly StudyRun[], optimizer: string): boolean | null {
  const best = atBestRates(runs, [optimizer]);
  if (best.length === 0) return null;
  return summarize(best.map((run) => finalLoss(run) / guessed(run))).mean < 0.5;
}

/**
 * The cost of taking a rate blindly from the shared grid: the mean loss over all rates, above that of the best one.
 * Where an optimizer learns at none of them, no rate costs anything, which says nothing of how carefully it must be
 * chosen.
 */
function sensitive({ runs }: Evidence): Judgement {
  const networks = NETWORK_IDS.map((network) => {
    const own = onNetwork(runs, network).filter(({ params }) => COMPARED.includes(String(params['optimizer.name'])));
    const idle = COMPARED.filter((optimizer) => hasLearned(own, optimizer) === false);
    const judged = judge([regret(network, own)]);
    if (idle.length === 0) return judged;
    const [name, list] = [NETWORK_NAMES[network], idle.join(', ')];
    const why: Text = {
      en: `On the ${name.en} network ${list} halves the loss of guessing at none of these rates: how carefully one is to be chosen cannot be seen.`,
      zh: `在${name.zh}上，${list} 用这些学习率都没有把损失降到随机猜测的一半，看不出学习率需要多仔细地选。`,
    };
    return { ...judged, supported: null, verdict: why };
  });
  return {
    supported: all(networks.map(({ supported }) => supported)),
    verdict: linesOf(networks.map(({ verdict }) => verdict)),
    numbers: Object.assign({}, ...networks.map(({ numbers }) => numbers)),
  };
}

const COMPARED: readonly string[] = ['sgd', 'adam'];

function regret(network: Network, own: readonly StudyRun[]): Expectation {
  const best = new Map(
    COMPARED.map((optimizer) => [optimizer, atBestRate(where(own, { 'optimizer.name': optimizer }), finalLoss)]),
  );
  return {
    key: `${network}.regret`,
    of: {
      en: `loss above the best rate's, mean over all rates, on the ${network} network`,
      zh: `${NETWORK_NAMES[network].zh}在各学习率下的损失比最好时平均高出`,
    },
    runs: own,
    value: (run: StudyRun) => {
      const reference = best.get(String(run.params['optimizer.name']))?.get(run.params.seed);
      return reference ? finalLoss(run) - finalLoss(reference.run) : Number.NaN;
    },
    by: ['optimizer.name'],
    greater: 'sgd',
    less: 'adam',
  };
}

/** An exact figure, which does not vary with the seed. */
function memory({ runs }: Evidence): Judgement {
  const bytes = NETWORK_IDS.map((network) => {
    const of = (optimizer: string) => {
      const run = where(onNetwork(runs, network), { 'optimizer.name': optimizer })[0];
      return { bytes: run && last('optimizerBytes')(run), parameters: run && last('parameters')(run) };
    };
    return { network, sgd: of('sgd'), adam: of('adam') };
  }).filter(({ sgd, adam }) => sgd.bytes !== undefined && adam.bytes !== undefined);
  if (bytes.length === 0) return notEnough({ en: 'networks trained with both', zh: '两种优化器都训练过的网络' }, 0);
  return {
    supported: bytes.every(({ sgd, adam }) => (sgd.bytes ?? 0) < (adam.bytes ?? 0)),
    verdict: linesOf(
      bytes.map(({ network, sgd, adam }) => ({
        en: `The ${network} network of ${sgd.parameters} parameters: SGD keeps ${sgd.bytes} bytes beside the weights, Adam ${adam.bytes}.`,
        zh: `${NETWORK_NAMES[network].zh}（${sgd.parameters} 个参数）：除权重外，SGD 另占 ${sgd.bytes} 字节，Adam 另占 ${adam.bytes} 字节。`,
      })),
    ),
    numbers: Object.fromEntries(
      bytes.flatMap(({ network, sgd, adam }) => [
        [`${network}.sgd.bytes`, sgd.bytes ?? null],
        [`${network}.adam.bytes`, adam.bytes ?? null],
      ]),
    ),
  };
}
