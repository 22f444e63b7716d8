import {
  type Comparison,
  ConfigError,
  chosenFactors,
  compare,
  defaultFactors,
  differenceFormat,
  type Effects,
  effectsOf,
  factorLabels,
  formatInterval,
  formatP,
  formatShare,
  formatSigned,
  LEVEL_SEPARATOR,
  NOTHING_VARIES,
  numberFormat,
  type Observation,
  pairName,
  resolveFactor,
  suggestion,
  summaryFormat,
  varyingFactors,
  withLevelNames,
} from '@whorl/core';
import { openStore, type RunRecord } from '@whorl/store';
import { colour } from '../colour.ts';
import { note, printJson, printLine, table } from '../output.ts';
import { runsOf } from '../runs-of.ts';
import { readSettings } from '../settings.ts';
import { lastOf } from '../summary.ts';
import { verdictSentence } from '../verdict.ts';

export interface CompareOptions {
  readonly by?: string;
  readonly metric: string;
  readonly json?: boolean;
}

/** `whorl compare`: what recorded runs say of a factor. */
export async function compareRuns(targets: readonly string[], { by, metric, json }: CompareOptions): Promise<void> {
  const { home, databaseUrl } = readSettings();
  const store = await openStore({ home, databaseUrl });
  try {
    const runs = await runsOf(store, 'compare', targets);
    const observations = observe(runs, metric);
    const chosen = chosenFactors(observations, varyingFactors(observations));
    const factors = by === undefined ? impliedFactors(chosen) : namedFactors(by, observations);
    const comparison = compare(observations, { metric, by: factors });
    const [first, second] = factors;
    const effects = first && second && factors.length === 2 ? effectsOf(observations, [first, second]) : null;
    if (json) printJson(documentOf(comparison, effects));
    else {
      const others = by === undefined ? chosen.filter((path) => !factors.includes(path)) : [];
      print(withLevelNames(comparison), effects, { unfinished: runs.length - observations.length, others });
    }
  } finally {
    await store.close();
  }
}

/** A run as a comparison sees it, and the study of which its factors are. */
type Observed = Observation & Pick<RunRecord, 'study'>;

/** The finished runs that have the metric. */
function observe(runs: readonly RunRecord[], metric: string): Observed[] {
  const finished = runs.filter(({ status }) => status === 'finished');
  if (finished.length === 0) throw new ConfigError('compare', `none of these ${runs.length} runs is finished`);
  const observations = finished.flatMap((run) => {
    const value = lastOf(run, metric);
    return value === undefined ? [] : [{ params: run.params, study: run.study, value }];
  });
  if (observations.length > 0) return observations;
  const known = [...new Set(finished.flatMap(({ metrics }) => metrics.map(({ key }) => key)))];
  throw new ConfigError(
    '--metric',
    `no finished run has "${metric}".${suggestion(metric, known)} Recorded: ${known.join(', ') || 'nothing'}`,
  );
}

function impliedFactors(chosen: readonly string[]): string[] {
  if (chosen.length > 0) return defaultFactors(chosen);
  throw new ConfigError('--by', NOTHING_VARIES);
}

const namedFactors = (by: string, observations: readonly Observation[]): string[] => [
  ...new Set(by.split(',').map((name) => resolveFactor(name.trim(), observations))),
];

/** The document of `--json`. Levels without a finite value have no mean. */
function documentOf(comparison: Comparison, effects: Effects | null): unknown {
  const { metric, by, levels, pairs, confounds } = comparison;
  const named = withLevelNames(comparison);
  return {
    metric,
    by: by.join(','),
    levels: levels.map(({ level, values, summary, diverged }, i) => ({
      level,
      name: named.levels[i]?.level,
      values: Object.fromEntries(by.map((path, at) => [path, values[at] ?? null])),
      n: summary?.n ?? 0,
      mean: summary?.mean ?? null,
      sd: summary?.sd ?? null,
      ci95: summary?.ci95 ?? null,
      diverged,
    })),
    pairs: pairs.map(({ a, b, nPairs, difference, ci95, p, pHolm, effectSize, pairsNeeded }) => ({
      a,
      b,
      nPairs,
      difference: difference ?? null,
      ci95: ci95 ?? null,
      p: p ?? null,
      pHolm: pHolm ?? null,
      effectSize: effectSize ?? null,
      pairsNeeded: pairsNeeded ?? null,
    })),
    ...(effects ? { effects: effects.effects, residual: effects.residual } : {}),
    confounds,
    verdict: verdictSentence(named),
  };
}

interface Beside {
  /** Runs that are left out. */
  readonly unfinished: number;
  /** Factors that could have been compared, too. */
  readonly others: readonly string[];
}

function print(comparison: Comparison, effects: Effects | null, { unfinished, others }: Beside): void {
  const { metric, by, levels, pairs } = comparison;
  const value = summaryFormat(levels.map(({ summary }) => summary));
  const difference = differenceFormat(pairs);
  const effect = numberFormat(pairs.map(({ effectSize }) => effectSize));
  if (unfinished > 0) note(`${unfinished} of these runs are not finished or have no ${metric}: left out`);
  if (others.length > 0) note(`${others.join(', ')} varies as well: --by ${[...by, ...others].join(',')} compares all`);
  printLine(`${colour.bold(metric)} by ${colour.bold(by.join(' and '))}\n`);
  const diverged = levels.some((level) => level.diverged > 0);
  printLine(
    table(levels, [
      { head: factorLabels(by).join(LEVEL_SEPARATOR), cell: ({ level }) => level },
      { head: 'runs', align: 'right', cell: ({ summary }) => String(summary?.n ?? 0) },
      ...(diverged
        ? [
            {
              head: 'diverged',
              align: 'right' as const,
              cell: (level: (typeof levels)[number]) => String(level.diverged || '-'),
            },
          ]
        : []),
      { head: 'mean', align: 'right', cell: ({ summary }) => value(summary?.mean) },
      { head: '± sd', align: 'right', cell: ({ summary }) => value(summary?.sd) },
      { head: '95% interval', align: 'right', cell: ({ summary }) => formatInterval(summary?.ci95, value) },
    ]),
  );
  if (pairs.length > 0) {
    printLine();
    printLine(
      table(pairs, [
        { head: pairName('a', 'b'), cell: ({ a, b }) => pairName(a, b) },
        { head: 'pairs', align: 'right', cell: ({ nPairs }) => String(nPairs) },
        { head: 'a − b', align: 'right', cell: (pair) => formatSigned(pair.difference, difference) },
        { head: '95% interval', align: 'right', cell: ({ ci95 }) => formatInterval(ci95, difference) },
        { head: 'p (Holm)', align: 'right', cell: ({ pHolm }) => formatP(pHolm) },
        { head: 'effect d', align: 'right', cell: ({ effectSize }) => effect(effectSize) },
      ]),
    );
  }
  if (effects) {
    printLine();
    const rows = [
      ...effects.effects.map(({ source, share, p }) => ({ source, share, p })),
      { source: 'seeds', share: effects.residual.share, p: null },
    ];
    printLine(
      table(rows, [
        { head: 'variance due to', cell: ({ source }) => source },
        { head: 'share', align: 'right', cell: ({ share }) => formatShare(share) },
        { head: 'p', align: 'right', cell: ({ p }) => formatP(p) },
      ]),
    );
  }
  printLine(`\n${verdictSentence(comparison)}`);
}
