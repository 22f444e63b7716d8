import {
  type Comparison,
  ConfigError,
  chosenFactors,
  compare,
  defaultFactors,
  differenceFormat,
  type Effects,
  EVERYTHING_ELSE,
  effectsNotes,
  effectsOf,
  effectText,
  factorLabels,
  formatInterval,
  formatP,
  formatShare,
  formatSigned,
  type Goal,
  goalOf,
  hasDiverged,
  LEVEL_SEPARATOR,
  type Level,
  LIVE_STATUSES,
  MAIN_METRICS,
  mainMetricOf,
  NOTHING_VARIES,
  type Observation,
  type Pair,
  pairName,
  resolveFactor,
  resultOf,
  suggested,
  summaryFormat,
  varyingFactors,
  withLevelNames,
} from '@whorl/core';
import type { RunRecord } from '@whorl/store';
import { colour } from '../colour.ts';
import { fit, widthOf } from '../layout.ts';
import { inLanguage, words } from '../messages/index.ts';
import { metricName, note, numberColumn, printJson, printLine, printSentences, printTable } from '../output.ts';
import { inRecord, runsOf } from '../record.ts';
import { lastOf } from '../summary.ts';
import { verdictOf } from '../verdict.ts';

export interface CompareOptions {
  readonly by?: string;
  readonly metric?: string;
  readonly goal?: string;
  readonly margin?: string;
  readonly json?: boolean;
}

/** `whorl compare`: what recorded runs say of a factor. */
export const compareRuns = (
  targets: readonly string[],
  { by, margin, json, ...asked }: CompareOptions,
): Promise<void> =>
  inRecord(async (store) => {
    const goal = asked.goal === undefined ? null : readGoal(asked.goal);
    const runs = await runsOf(store, 'compare', targets);
    const metric = asked.metric ?? defaultMetric(runs);
    const observations = observe(runs, metric, store.runs.launches(runs.map(({ id }) => id)));
    const chosen = chosenFactors(observations, varyingFactors(observations));
    const factors = by === undefined ? impliedFactors(chosen) : namedFactors(by, observations);
    const comparison = compare(observations, {
      metric,
      by: factors,
      goal: goal ?? goalOf(metric),
      training: runs.filter(({ status }) => LIVE_STATUSES.includes(status)).length,
      ...(margin === undefined ? {} : { margin: marginOf(margin) }),
    });
    // Of one factor the verdict says as much.
    const effects = chosen.length > 1 ? effectsOf(observations, chosen) : null;
    if (json) return printJson(documentOf(comparison, effects));
    const unfinished = runs.length - observations.length;
    if (unfinished > 0) note(words().compare.leftOut(unfinished, metricName(metric)));
    const others = by === undefined ? chosen.filter((path) => !factors.includes(path)) : [];
    if (others.length > 0) note(words().compare.alsoVary(others, `--by ${[...factors, ...others].join(',')}`));
    print(withLevelNames(comparison), effects);
  });

/** A run as a comparison sees it, and the study of which its factors are. */
type Observed = Observation & Pick<RunRecord, 'study'>;

/** @throws ConfigError for anything but the two */
function readGoal(came: string): Goal {
  if (came === 'highest' || came === 'lowest') return came;
  throw new ConfigError('--goal', words().compare.goal(came));
}

/** What says most of how well the runs that are finished do. */
const defaultMetric = (runs: readonly RunRecord[]): string => {
  const finished = runs.filter(({ status }) => status === 'finished');
  return mainMetricOf(finished.flatMap(({ metrics }) => metrics.map(({ key }) => key))) ?? MAIN_METRICS[0];
};

/** The finished runs that have the metric; one that diverged has no value of any. */
function observe(runs: readonly RunRecord[], metric: string, launches: ReadonlyMap<string, number>): Observed[] {
  const finished = runs.filter(({ status }) => status === 'finished');
  if (finished.length === 0) throw new ConfigError('compare', words().compare.noneFinished(runs.length));
  const observations = finished.flatMap((run) => {
    const value = lastOf(run, metric);
    if (value === undefined) return [];
    const result = resultOf(
      metric,
      value,
      hasDiverged((key) => lastOf(run, key)),
    );
    return [{ params: run.params, study: run.study, value: result, launch: launches.get(run.id) }];
  });
  if (observations.length > 0) return observations;
  const known = [...new Set(finished.flatMap(({ metrics }) => metrics.map(({ key }) => key)))];
  const near = inLanguage(suggested(metric, known));
  throw new ConfigError('--metric', words().compare.noMetric(metric, near, known.join(', ')));
}

/** @throws ConfigError for what is no number */
function marginOf(text: string): number {
  const margin = Number(text);
  if (text.trim() === '' || !Number.isFinite(margin))
    throw new ConfigError('--margin', words().compare.badMargin(text));
  return margin;
}

function impliedFactors(chosen: readonly string[]): string[] {
  if (chosen.length > 0) return defaultFactors(chosen);
  throw new ConfigError('--by', NOTHING_VARIES);
}

const namedFactors = (by: string, observations: readonly Observation[]): string[] => [
  ...new Set(by.split(',').map((name) => resolveFactor(name.trim(), observations))),
];

/** The document of `--json`: `n` and `nPairs` count seeds. Levels without a finite value have no mean. */
function documentOf(comparison: Comparison, effects: Effects | null): unknown {
  const { metric, goal, by, levels, pairs, confounds, method, look, margin, training } = comparison;
  const named = withLevelNames(comparison);
  return {
    metric,
    goal,
    by: by.join(','),
    levels: levels.map(({ level, values, summary, order, runs, diverged }, i) => ({
      level,
      name: named.levels[i]?.level,
      values: Object.fromEntries(by.map((path, at) => [path, values[at] ?? null])),
      n: order?.seeds ?? summary?.n ?? 0,
      ...(order ? { reached: order.reached, median: order.median } : {}),
      runs,
      mean: summary?.mean ?? null,
      sd: summary?.sd ?? null,
      ci95: summary?.ci95 ?? null,
      diverged,
    })),
    pairs: pairs.map(
      ({ a, b, nPairs, difference, ci95, p, pAdjusted, effectSize, pSame, signs, unpaired, pairsNeeded }) => ({
        a,
        b,
        nPairs,
        unpaired: unpaired ?? false,
        difference: difference ?? null,
        ci95: ci95 ?? null,
        p: p ?? null,
        pAdjusted: pAdjusted ?? null,
        ...(signs ? { signs } : {}),
        ...(margin === null ? {} : { pSame: pSame ?? null }),
        effectSize: effectSize ?? null,
        pairsNeeded: pairsNeeded ?? null,
      }),
    ),
    ...(effects
      ? {
          effects: effects.effects,
          residual: effects.residual,
          notEstimated: effects.leftOut.map(({ source, why }) => ({ source, why })),
        }
      : {}),
    confounds,
    method,
    look,
    margin,
    training,
    kind: comparison.verdict.kind,
    verdict: verdictOf(named).en,
  };
}

/** A pair in so many columns: each name is cut, and the word between them is not. */
function cutPair(a: string, b: string, width: number): string {
  const room = width - widthOf(pairName('', ''));
  const half = Math.floor(room / 2);
  const first = fit(a, Math.max(half, room - widthOf(b)));
  return pairName(first, fit(b, room - widthOf(first)));
}

function print(comparison: Comparison, effects: Effects | null): void {
  const { metric, by, levels, pairs } = comparison;
  const { compare: t, heads } = words();
  printSentences(t.title(colour.bold(metricName(metric)), colour.bold(by.join(t.and))));
  printLine();
  const diverged = levels.some((level) => level.diverged > 0);
  const measured = summaryFormat(levels.map(({ summary }) => summary));
  printTable(levels, [
    { head: factorLabels(by).join(LEVEL_SEPARATOR), cell: ({ level }) => level, narrow: 'cut', least: 14 },
    {
      head: heads.seeds,
      align: 'right',
      cell: ({ summary, order }) => String(order?.seeds ?? summary?.n ?? 0),
      leaveOut: 2,
    },
    ...(levels.some(({ order }) => order)
      ? [
          {
            head: heads.reached,
            align: 'right' as const,
            cell: ({ order, summary }: Level) => String(order?.reached ?? summary?.n ?? 0),
          },
        ]
      : []),
    ...(levels.some(({ summary, runs, order }) => !order && runs !== (summary?.n ?? 0))
      ? [{ head: heads.runs, align: 'right' as const, cell: ({ runs }: Level) => String(runs), leaveOut: 3 }]
      : []),
    ...(diverged
      ? [{ head: heads.diverged, align: 'right' as const, cell: (level: Level) => String(level.diverged || '-') }]
      : []),
    numberColumn(levels, heads.mean, ({ summary }) => summary?.mean, measured),
    { ...numberColumn(levels, heads.sd, ({ summary }) => summary?.sd, measured), leaveOut: 3 },
    {
      head: heads.interval,
      align: 'right',
      cell: ({ summary }) => formatInterval(summary?.ci95, measured),
      leaveOut: 1,
    },
  ]);
  if (pairs.length > 0) {
    const differences = differenceFormat(pairs);
    printLine();
    printTable(pairs, [
      {
        head: pairName('a', 'b'),
        cell: ({ a, b }) => pairName(a, b),
        narrow: 'cut',
        cut: ({ a, b }, width) => cutPair(a, b, width),
        least: 32,
      },
      { head: heads.seeds, align: 'right', cell: ({ nPairs }) => String(nPairs), leaveOut: 2 },
      {
        head: pairs.some(({ signs }) => signs) ? heads.ahead : 'a − b',
        align: 'right',
        cell: ({ difference, signs }) => (signs ? `${signs.a} : ${signs.b}` : formatSigned(difference, differences)),
      },
      {
        head: pairs.length > 1 ? heads.together : heads.interval,
        align: 'right',
        cell: ({ ci95 }) => formatInterval(ci95, differences),
        leaveOut: 1,
      },
      { head: heads.pAdjusted, align: 'right', cell: ({ pAdjusted }) => formatP(pAdjusted) },
      ...(comparison.margin === null
        ? []
        : [{ head: heads.pSame, align: 'right' as const, cell: ({ pSame }: Pair) => formatP(pSame) }]),
      { ...numberColumn(pairs, heads.effect, ({ effectSize }) => effectSize), leaveOut: 3 },
    ]);
  }
  if (effects) printEffects(effects);
  printLine();
  printSentences(inLanguage(verdictOf(comparison)));
}

/** What each factor that varies explains, and what that is to be read with. */
function printEffects(effects: Effects): void {
  const { heads } = words();
  const rows = [
    ...effects.effects.map(({ of, share, pAdjusted }) => ({ source: effectText(of), share, pAdjusted })),
    { source: EVERYTHING_ELSE, share: effects.residual.share, pAdjusted: null },
  ];
  printLine();
  printTable(rows, [
    { head: heads.source, cell: ({ source }) => inLanguage(source), narrow: 'cut', least: 16 },
    { head: heads.share, align: 'right', cell: ({ share }) => formatShare(share) },
    { head: heads.pAdjusted, align: 'right', cell: ({ pAdjusted }) => formatP(pAdjusted) },
  ]);
  for (const text of effectsNotes(effects)) printSentences(inLanguage(text));
}
