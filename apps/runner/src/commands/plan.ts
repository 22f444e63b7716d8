import { availableParallelism } from 'node:os';
import {
  ConfigError,
  FEWEST_PAIRS,
  FIRST_LOOK,
  flatten,
  formatNumber,
  type PlannedSize,
  planSeeds,
  type RunsToAdd,
  runsToAdd,
  type SeedPlan,
  sharedVariance,
} from '@whorl/core';
import type { Store } from '@whorl/store';
import { mainMetricAmong } from '../comparison/asked-of-runs.ts';
import { type PlanSaid, planSentences, planTitle, type SpreadSource } from '../comparison/plan-sentences.ts';
import {
  comparisonOf,
  finishedRuns,
  type Pilot,
  type PlanTarget,
  pilotOf,
  plannedAmong,
  planTarget,
  refuseUnknownMetric,
  seenIn,
  type TargetOptions,
} from '../comparison/plan-target.ts';
import { inLanguage, words } from '../messages/index.ts';
import { openRecord } from '../record/record.ts';
import { readSettings } from '../record/settings.ts';
import { colour } from '../terminal/colour.ts';
import {
  duration,
  metricTitle,
  note,
  numberColumn,
  printJson,
  printLine,
  printSentences,
  printTable,
} from '../terminal/output.ts';

export interface PlanFlags extends TargetOptions {
  readonly difference?: string;
  readonly spread?: string;
  readonly json?: boolean;
}

/** `whorl plan`: how many seeds a comparison needs, for the same test that `whorl compare` applies. */
export async function planComparison(word: string, assignments: readonly string[], options: PlanFlags): Promise<void> {
  const [difference, spread] = (['difference', 'spread'] as const).map((name) => numberOf(name, options[name]));
  const store = await openRecord(readSettings(), { quiet: true });
  try {
    const target = await planTarget(store, word, assignments, options);
    const planned = await planOf(store, target, { metric: options.metric ?? null, difference, spread });
    if (options.json) return printJson(documentOf(planned));
    if (options.by === undefined && target.others.length > 0) {
      note(words().compare.alsoVary(target.others, `--by ${[...target.by, ...target.others].join(',')}`));
    }
    print(planned);
  } finally {
    await store?.close();
  }
}

/** @throws ConfigError for a text that is not a number above 0 */
function numberOf(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (text.trim() !== '' && number > 0 && Number.isFinite(number)) return number;
  throw new ConfigError(`--${name}`, words().plan.number(text));
}

interface Asked {
  readonly metric: string | null;
  readonly difference: number | null | undefined;
  readonly spread: number | null | undefined;
}

interface Planned extends PlanSaid {
  readonly target: PlanTarget;
  readonly pilot: Pilot | null;
  /** The runs to train to reach a number of seeds. */
  readonly toAdd: (seeds: number | null) => RunsToAdd | null;
}

async function planOf(
  store: Store | null,
  target: PlanTarget,
  { metric: asked, difference = null, spread }: Asked,
): Promise<Planned> {
  const all = store && target.experiment ? await finishedRuns(store, target.experiment.id) : [];
  const found = plannedAmong(all, target);
  const pilot = store && spread == null ? await pilotOf(store, target, asked ?? mainMetricAmong(found)) : null;
  const metric = asked ?? mainMetricAmong(found) ?? pilot?.metric ?? null;
  const recorded = seenIn(found, metric ?? '');
  if (metric !== null) refuseUnknownMetric(recorded, metric);
  const known = store && metric !== null ? comparisonOf(store, recorded, target, metric) : null;
  if (known?.method.because === 'never') throw new ConfigError('--metric', words().plan.never(known.metric));
  const plan = planSeeds({
    levels: target.levels,
    spread: spread == null ? (pilot?.comparison.next.spread ?? null) : { sd: spread, df: null },
    spend: known?.next.spend ?? FIRST_LOOK.spend,
    shared: sharedVariance(target.configs.map((config) => ({ params: flatten(config) }))),
    own: pilot?.comparison.method.because === 'spreads',
    difference,
  });
  const toAdd = (wanted: number | null) =>
    wanted === null
      ? null
      : runsToAdd(target.configs, recorded, { wanted, experiment: target.name, alike: pilot?.runs ?? [] });
  const isTold = known !== null && known.method.levels > 1;
  // Where no recorded run tells the spread, plan the few seeds that are needed to measure one.
  const wanted = plan.spread === null ? FEWEST_PAIRS : plan.sizes.length > 1 ? null : seedsAt(plan.sizes[0]);
  return {
    metric,
    by: target.by,
    plan,
    target,
    pilot,
    toAdd,
    add: toAdd(wanted),
    look: isTold ? known.look : null,
    isFlat: isTold && plan.spread === null,
    source: pilot && sourceOf(pilot),
    jobs: availableParallelism(),
  };
}

/** How many seeds it takes to name the best level in 80% of the cases. */
const seedsAt = (size: PlannedSize | undefined): number | null => size?.chances[1]?.seeds ?? null;

/** The document of `--json`. */
function documentOf({ metric, plan, target, source, add }: Planned): unknown {
  const { spread, sizes, alpha, levels } = plan;
  return {
    study: target.study,
    experiment: target.name,
    metric,
    by: target.by.join(','),
    levels,
    configurations: target.configs.length,
    spread: spread && { ...spread, from: source },
    alpha,
    sizes: sizes.map(({ chances, ...size }) => ({
      ...size,
      chances: chances.map(({ chance, seeds, atMost }) => ({ chance, seeds, atMost })),
    })),
    seeds: spread && sizes.length === 1 ? seedsAt(sizes[0]) : null,
    have: add?.have ?? null,
    more: add?.more ?? null,
    runs: add?.runs ?? null,
    trainingMs: add?.trainingMs ?? null,
    commands: add?.commands ?? [],
  };
}

const sourceOf = ({ experiment, comparison, runs, exact }: Pilot): SpreadSource => ({
  experiment,
  runs: runs.length,
  levels: comparison.method.levels,
  seeds: seedsOf(comparison),
  exact,
});

const seedsOf = ({ levels }: Pilot['comparison']): number => Math.max(...levels.map(({ summary }) => summary?.n ?? 0));

function print(planned: Planned): void {
  const { plan, target, metric } = planned;
  printSentences(inLanguage(planTitle(planned, metric === null ? null : colour.bold(metricTitle(metric)))));
  printLine();
  if (plan.spread && plan.sizes.length === 1) printChances(planned, plan.sizes[0] as PlannedSize);
  else printSizes(plan, target.configs.length);
  printLine();
  printSentences(inLanguage(planSentences(planned)));
  if (planned.add && planned.add.commands.length > 0) {
    printLine();
    for (const command of planned.add.commands) printLine(command); // not wrapped, so that it can be copied
  }
}

const OVER = '> 1000';
const count = (seeds: number | null): string => (seeds === null ? OVER : String(seeds));

/** For a single difference: how many seeds each level of certainty costs. */
function printChances({ plan: { spread }, toAdd, target, jobs }: Planned, { chances }: PlannedSize): void {
  const { heads } = words();
  const rows = chances.map((chance) => ({ ...chance, add: toAdd(chance.seeds) }));
  printTable(rows, [
    { head: heads.chance, align: 'right', cell: ({ chance }) => percent(chance) },
    { head: heads.seeds, align: 'right', cell: ({ seeds }) => count(seeds) },
    ...(spread?.ci95
      ? [
          {
            head: `${heads.atMost} ${formatNumber(spread.ci95[1])}`,
            align: 'right' as const,
            cell: ({ atMost }: (typeof rows)[number]) => count(atMost),
            leaveOut: 2,
          },
        ]
      : []),
    {
      head: heads.runs,
      align: 'right',
      cell: ({ seeds }) => (seeds === null ? '-' : String(seeds * target.configs.length)),
    },
    { head: heads.toTrain, align: 'right', cell: ({ add }) => (add === null ? '-' : String(add.runs)) },
    { head: heads.time, align: 'right', cell: ({ add }) => duration(timeOf(add, jobs)), leaveOut: 3 },
  ]);
}

/** How long training takes with this many processes side by side, in seconds; null where nothing is to be trained. */
const timeOf = (add: RunsToAdd | null, jobs: number): number | null =>
  add?.trainingMs == null || add.runs === 0 ? null : add.trainingMs / Math.min(jobs, add.runs);

const percent = (chance: number): string => `${Math.round(100 * chance)}%`;

/** For several differences: how many seeds each of them needs. */
function printSizes({ sizes }: SeedPlan, configurations: number): void {
  const { heads } = words();
  printTable(sizes, [
    ...(sizes.some(({ difference }) => difference !== null)
      ? [
          {
            head: heads.difference,
            align: 'right' as const,
            cell: ({ difference }: PlannedSize) => String(difference),
          },
          numberColumn(sizes, heads.effect, ({ effectSize }) => effectSize),
        ]
      : [{ head: heads.effect, align: 'right' as const, cell: ({ effectSize }: PlannedSize) => String(effectSize) }]),
    ...(sizes[0]?.chances ?? []).map(({ chance }, i) => ({
      head: `${heads.seeds} ${percent(chance)}`,
      align: 'right' as const,
      cell: ({ chances }: PlannedSize) => count(chances[i]?.seeds ?? null),
    })),
    {
      head: `${heads.runs} 80%`,
      align: 'right',
      cell: (size) => {
        const seeds = seedsAt(size);
        return seeds === null ? '-' : String(seeds * configurations);
      },
    },
  ]);
}
