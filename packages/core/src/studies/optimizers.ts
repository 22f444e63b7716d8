import { parseConfig } from '../config/assignments.ts';
import { formatNumber } from '../format-number.ts';
import { FEWEST_PAIRS } from '../statistics/comparison.ts';
import { summarize } from '../statistics/summary.ts';
import { FACTORS } from './factors.ts';
import { judge, last, notEnough, where } from './judging.ts';
import { evenSteps } from './look-steps.ts';
import type { Evidence, Judgement, StudyRun, TrainingStudy } from './study.ts';
import { combinations, crossed } from './variants.ts';

const OPTIMIZERS = ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adagrad', 'adam', 'adamw'] as const;
/** The search budget that all share. */
const RATES = { full: [1e-4, 1e-3, 0.01, 0.1, 1], quick: [1e-3, 0.01, 0.1] } as const;

/** A shallow, a deep and a convolutional network. */
const NETWORKS = {
  shallow: { 'model.hidden': [100] },
  deep: { 'model.hidden': [32, 32, 32, 32, 32, 32] },
  convolutional: { 'model.name': 'lenet', 'data.name': 'mnist', 'data.n': 1000, batchSize: 64, epochs: 5 },
} as const;
type Network = keyof typeof NETWORKS;

const networkOf = ({ params }: StudyRun): Network => {
  if (params['model.name'] !== 'mlp') return 'convolutional';
  return params['model.hidden'] === JSON.stringify(NETWORKS.shallow['model.hidden']) ? 'shallow' : 'deep';
};

export const optimizersStudy: TrainingStudy = {
  id: 'optimizers',
  kind: 'training',
  title: 'SGD and Adam',
  question:
    'Which optimizer gets furthest in the same number of steps, each at its best learning rate, and what does it take?',
  defaults: parseConfig({
    study: 'optimizers',
    seed: 1,
    epochs: 400,
    batchSize: 'full',
    data: { name: 'spiral', n: 300 },
    model: { name: 'mlp', hidden: [100] },
    optimizer: { name: 'adam', lr: 1e-3, weightDecay: 1e-4 }, // some decay, which AdamW takes in its own way
  }),
  factors: FACTORS.optimizers,
  course: [],
  probes: { test: evenSteps, cost: true },
  variants: (scale) =>
    crossed(Object.values(NETWORKS), combinations({ 'optimizer.name': OPTIMIZERS, 'optimizer.lr': RATES[scale] })),
  claims: [
    { text: 'Adam converges faster than SGD.', judge: converges },
    { text: 'SGD needs its learning rate adjusted more carefully than Adam.', judge: sensitive },
    { text: 'SGD takes less memory than Adam.', judge: memory },
  ],
};

const NETWORK_NAMES = Object.keys(NETWORKS) as Network[];

/** A loss that diverged is worse than any: the loss of guessing bounds what it counts. */
const WORST = 10;
const finalLoss = (run: StudyRun): number => {
  const loss = last('loss')(run);
  return Number.isFinite(loss) ? Math.min(loss, WORST) : WORST;
};

/**
 * For each seed the final loss at the rate that was best on the other seeds: no seed chooses the rate it is judged at.
 * Null for fewer than three seeds.
 */
export function atBestRate(runs: readonly StudyRun[]): Map<unknown, { rate: unknown; run: StudyRun }> | null {
  const seeds = [...new Set(runs.map(({ params }) => params.seed))];
  if (seeds.length < FEWEST_PAIRS) return null;
  const rates = [...new Set(runs.map(({ params }) => params['optimizer.lr']))];
  const chosen = new Map<unknown, { rate: unknown; run: StudyRun }>();
  for (const seed of seeds) {
    const ranked = rates
      .map((rate) => {
        const others = runs.filter(({ params }) => params['optimizer.lr'] === rate && params.seed !== seed);
        return { rate, mean: others.length > 0 ? summarize(others.map(finalLoss)).mean : Number.POSITIVE_INFINITY };
      })
      .sort((a, b) => a.mean - b.mean);
    const rate = ranked[0]?.rate;
    const run = runs.find(({ params }) => params['optimizer.lr'] === rate && params.seed === seed);
    if (run) chosen.set(seed, { rate, run });
  }
  return chosen;
}

/** The runs of a network, one for each seed and optimizer, without what the search left over. */
function atBestRates(runs: readonly StudyRun[], optimizers: readonly string[]): StudyRun[] {
  return optimizers.flatMap((optimizer) =>
    [...(atBestRate(where(runs, { 'optimizer.name': optimizer }))?.values() ?? [])].map(({ run }) => {
      // Each optimizer is taken with its own best rate: that is what the level means.
      const { 'optimizer.lr': _, ...params } = run.params;
      return { ...run, params };
    }),
  );
}

const onNetwork = (runs: readonly StudyRun[], network: Network) => runs.filter((run) => networkOf(run) === network);

function converges({ runs }: Evidence): Judgement {
  const judged = judge(
    NETWORK_NAMES.map((network) => ({
      key: network,
      of: `final loss on the ${network} network`,
      runs: atBestRates(onNetwork(runs, network), ['sgd', 'adam']),
      value: finalLoss,
      by: ['optimizer.name'],
      greater: 'sgd',
      less: 'adam',
    })),
  );
  const ranking = NETWORK_NAMES.map((network) => rankingOf(onNetwork(runs, network)));
  const text = ranking.map(
    (order, i) =>
      `${NETWORK_NAMES[i]}: ${order.map(({ optimizer, loss, seconds }) => `${optimizer} ${formatNumber(loss)} (${formatNumber(seconds)} s)`).join(', ')}.`,
  );
  return {
    ...judged,
    verdict: `${judged.verdict}\nMean final loss, each at its best rate, and the time of a run:\n${text.join('\n')}`,
    numbers: {
      ...judged.numbers,
      ...Object.fromEntries(
        ranking.flatMap((order, i) =>
          order.map(({ optimizer, loss }) => [`${NETWORK_NAMES[i]}.${optimizer}.loss`, loss]),
        ),
      ),
    },
  };
}

/** Optimizers from the least mean final loss on, each at its best rate. */
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

/** What a rate costs that is taken from the shared grid blindly: the mean loss over all rates, above that of the best one. */
function sensitive({ runs }: Evidence): Judgement {
  return judge(
    NETWORK_NAMES.map((network) => {
      const own = onNetwork(runs, network).filter(({ params }) =>
        ['sgd', 'adam'].includes(String(params['optimizer.name'])),
      );
      const best = new Map(
        ['sgd', 'adam'].map((optimizer) => [optimizer, atBestRate(where(own, { 'optimizer.name': optimizer }))]),
      );
      return {
        key: `${network}.regret`,
        of: `loss above the best rate's, mean over all rates, on the ${network} network`,
        runs: own,
        value: (run: StudyRun) => {
          const reference = best.get(String(run.params['optimizer.name']))?.get(run.params.seed);
          return reference ? finalLoss(run) - finalLoss(reference.run) : Number.NaN;
        },
        by: ['optimizer.name'],
        greater: 'sgd',
        less: 'adam',
      };
    }),
  );
}

/** An exact figure: it does not vary with the seed. */
function memory({ runs }: Evidence): Judgement {
  const bytes = NETWORK_NAMES.map((network) => {
    const of = (optimizer: string) => {
      const run = where(onNetwork(runs, network), { 'optimizer.name': optimizer })[0];
      return { bytes: run && last('optimizerBytes')(run), parameters: run && last('parameters')(run) };
    };
    return { network, sgd: of('sgd'), adam: of('adam') };
  }).filter(({ sgd, adam }) => sgd.bytes !== undefined && adam.bytes !== undefined);
  if (bytes.length === 0) return notEnough('networks trained with both', 0);
  return {
    supported: bytes.every(({ sgd, adam }) => (sgd.bytes ?? 0) < (adam.bytes ?? 0)),
    verdict: bytes
      .map(
        ({ network, sgd, adam }) =>
          `The ${network} network of ${sgd.parameters} parameters: SGD keeps ${sgd.bytes} bytes beside the weights, Adam ${adam.bytes}.`,
      )
      .join('\n'),
    numbers: Object.fromEntries(
      bytes.flatMap(({ network, sgd, adam }) => [
        [`${network}.sgd.bytes`, sgd.bytes ?? null],
        [`${network}.adam.bytes`, adam.bytes ?? null],
      ]),
    ),
  };
}
