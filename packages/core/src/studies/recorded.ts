import { buildConfig } from '../config/assignments.ts';
import { canonicalJson, flatten } from '../config/canonical.ts';
import type { Config } from '../config/schema.ts';
import { FEWEST_PAIRS } from '../statistics/family.ts';
import { linesOf, type Text } from '../text/text.ts';
import { type Claim, type Demonstration, type Scale, SEEDS, type Study, type StudyRun } from './study.ts';
import { judgeStudy, type StudyVerdict } from './verdict.ts';

/** A run as it was recorded. */
export interface RecordedRun {
  readonly status: string;
  /** Null where it is damaged, or for runs of programs that record none. */
  readonly config: Config | null;
  readonly metrics: readonly {
    readonly key: string;
    readonly last: number;
    readonly min: number;
    readonly max: number;
  }[];
  readonly durationMs: number | null;
}

/** The runs by which a study is judged: those of one of its plans. */
export interface PlanRuns<R extends RecordedRun> {
  readonly scale: Scale;
  /** How many configurations the plan has, and how many of them have enough seeds to be judged. */
  readonly configurations: number;
  readonly complete: number;
  readonly runs: readonly R[];
}

/** The verdicts on a study's claims, from recorded runs. */
export interface RecordedVerdict<R extends RecordedRun> extends StudyVerdict, PlanRuns<R> {
  /** How many seeds the runs have in all. */
  readonly seeds: number;
}

/** The config without its seed, as text: the same for all runs of a configuration. */
export const withoutSeed = ({ seed: _, ...config }: Config): string => canonicalJson(config);

/** The configurations of a plan, each with its place. */
type Places = ReadonlyMap<string, number>;
type Plans = Readonly<Record<Scale, Places>>;

const plans = new WeakMap<Study, Plans>();

/** The configurations of a study's plans, computed once for many experiments. */
function plansOf(study: Study): Plans {
  const known = plans.get(study) ?? { full: placesOf(study, 'full'), quick: placesOf(study, 'quick') };
  plans.set(study, known);
  return known;
}

function placesOf(study: Study, scale: Scale): Places {
  if (study.kind !== 'training') return new Map();
  const all = study.variants(scale).map((values) => withoutSeed(buildConfig(study.defaults, values)));
  return new Map([...new Set(all)].map((config, place) => [config, place]));
}

/** Whether every configuration of the plan has the seeds that it asks for. */
export const isComplete = ({
  configurations,
  complete,
}: Pick<PlanRuns<never>, 'configurations' | 'complete'>): boolean => complete === configurations;

/**
 * The finished runs by which a study is judged: those of one plan, each config and seed once. It is the full plan if
 * that is complete, else the quick one if that is, else the one of which more is recorded. Both together would be
 * another comparison: what the full plan tries at ten rates the quick one may try at two, or for fewer epochs. Runs are
 * matched by their configs, since params are kept as texts, in which `true` and "true" are the same. They are returned
 * in the order of the plan, whatever the order of training, so that all places say the same.
 * @param runs the newest first: of two runs of one config the newer counts
 */
export function evidenceAmong<R extends RecordedRun>(study: Study, runs: readonly R[]): PlanRuns<R> {
  const { full, quick } = plansOf(study);
  const finished = finishedOf(runs);
  // Where a study has only one list of configurations, its full plan is the one with more seeds.
  const isOneList = full.size === quick.size && [...quick.keys()].every((configuration) => full.has(configuration));
  const whole = runsOfPlan('full', full, finished, isOneList ? SEEDS.full.length : FEWEST_PAIRS);
  const short = runsOfPlan('quick', quick, finished, FEWEST_PAIRS);
  if (isComplete(whole)) return whole;
  return isComplete(short) || share(short) >= share(whole) ? short : whole;
}

/** How much of a plan is recorded: runs for each configuration. */
const share = ({ configurations, runs }: PlanRuns<RecordedRun>): number => runs.length / configurations;

interface FinishedRun<R> {
  readonly run: R;
  /** The config without its seed, as text. */
  readonly configuration: string;
  readonly seed: number;
}

/** The finished runs, each config and seed once. */
function finishedOf<R extends RecordedRun>(runs: readonly R[]): FinishedRun<R>[] {
  const found = new Map<string, FinishedRun<R>>();
  for (const run of runs) {
    const { config, status } = run;
    if (status !== 'finished' || config === null) continue;
    const key = canonicalJson(config);
    if (!found.has(key)) found.set(key, { run, configuration: withoutSeed(config), seed: config.seed });
  }
  return [...found.values()];
}

function runsOfPlan<R extends RecordedRun>(
  scale: Scale,
  places: Places,
  finished: readonly FinishedRun<R>[],
  fewestSeeds: number,
): PlanRuns<R> {
  const own = finished.flatMap(({ configuration, ...found }) => {
    const place = places.get(configuration);
    return place === undefined ? [] : [{ ...found, place }];
  });
  const seeds = new Map<number, number>();
  for (const { place } of own) seeds.set(place, (seeds.get(place) ?? 0) + 1);
  return {
    scale,
    configurations: places.size,
    complete: [...seeds.values()].filter((count) => count >= fewestSeeds).length,
    runs: own.sort((a, b) => a.place - b.place || a.seed - b.seed).map(({ run }) => run),
  };
}

/** A recorded run as the judge of a claim sees it. */
const studyRunOf = (config: Config, { metrics, durationMs }: Omit<RecordedRun, 'config' | 'status'>): StudyRun => ({
  params: flatten(config),
  metrics: Object.fromEntries(metrics.map(({ key, last, min, max }) => [key, { last, min, max }])),
  durationMs,
});

/**
 * Judges a study by its recorded runs. While a configuration of the plan is missing, no claim is decided by runs: if a
 * network's best rate was not tried yet, a claim could be refuted that all runs together would show.
 * @param runs of one experiment, the newest first
 */
export function judgeRecorded<R extends RecordedRun>(
  study: Study,
  runs: readonly R[],
  demonstrations: readonly Demonstration[] = [],
): RecordedVerdict<R> {
  const found = evidenceAmong(study, runs);
  const evidence = found.runs.flatMap((run) => (run.config ? [studyRunOf(run.config, run)] : []));
  const judged = { ...study, claims: isComplete(found) ? study.claims : study.claims.map(untilComplete(found)) };
  return {
    ...judgeStudy(judged, { runs: evidence, demonstrations }),
    ...found,
    seeds: new Set(evidence.map(({ params }) => params.seed)).size,
  };
}

/** Leaves a claim open until the plan is complete, unless it does not depend on runs. */
const untilComplete =
  ({ complete, configurations }: Pick<PlanRuns<RecordedRun>, 'complete' | 'configurations'>) =>
  ({ text, judge }: Claim): Claim => ({
    text,
    judge: (evidence) => {
      const judgement = judge(evidence);
      if (judgement.supported === null || judge({ ...evidence, runs: [] }).supported !== null) return judgement;
      const open: Text = {
        en: `Not decided yet: ${complete} of the ${configurations} configurations have ${FEWEST_PAIRS} seeds or more. So far:`,
        zh: `尚无定论：${configurations} 种配置中有 ${complete} 种至少有 ${FEWEST_PAIRS} 个种子。目前：`,
      };
      return { ...judgement, supported: null, verdict: linesOf([open, judgement.verdict]) };
    },
  });
