import { designOf, differing, pairKey, settingOf } from '../design/design.ts';
import type { Observation } from '../design/observation.ts';
import { goalOf } from '../metrics/goal.ts';
import { ConfigError } from '../text/errors.ts';
import type { Text } from '../text/text.ts';
import type { Asked, Comparison, LevelVerdict, Pair } from './comparison.ts';
import { type FamilyLevel, type FamilyTest, FEWEST_PAIRS, familyOf } from './family.ts';
import { isNumber, levelsOf } from './level-results.ts';
import { levelVerdict } from './level-verdict.ts';
import { looksOf, spendOf } from './looks.ts';
import { traitsOf } from './metric-traits.ts';
import { meansByKey, repetitionOf, seedDifferences, seedMeans } from './replicates.ts';
import { signFamily } from './signs.ts';
import { sharedVariance } from './splits.ts';
import { pairedTest } from './student.ts';

/** All pairs of levels are tested, and their number grows with the square. */
const MOST_LEVELS = 300;

const badMargin = (came: number): Text => ({
  en: `expected a number above 0, the largest difference that does not matter, got ${came}`,
  zh: `应为大于 0 的数，即可以忽略的最大差异，得到 ${came}`,
});

/**
 * Compares the levels of some factors by a metric: the mean and interval of each level over seeds, and the difference
 * of each pair of levels, tested as one family (family.ts). A seed is one repetition, whatever else varies: neither
 * repeated runs of a config nor factors that are not compared count as evidence (replicates.ts).
 * @throws ConfigError for more levels than can be tested, and for an invalid margin
 */
export function compareLevels(
  observations: readonly Observation[],
  { metric, by, goal = goalOf(metric), margin = null, training = 0, share = 1 }: Asked,
): Comparison<LevelVerdict> {
  if (margin !== null && !(margin > 0)) throw new ConfigError('--margin', badMargin(margin));
  const design = designOf(observations, by);
  if (design.levels.length > MOST_LEVELS) {
    throw new ConfigError('--by', {
      en: `${by.join(', ')} has ${design.levels.length} levels, at most ${MOST_LEVELS} are tested against each other; compare by another factor, or fewer runs`,
      zh: `${by.join('、')} 有 ${design.levels.length} 个水平，最多相互检验 ${MOST_LEVELS} 个；请按别的因素比较，或减少运行`,
    });
  }
  const { confounds } = design;
  const keyOf = (run: Observation) => pairKey(design, run);
  const traits = traitsOf(metric);
  const levels = levelsOf(design, metric);
  // An event that never came is worse than any number: then only the order can be tested.
  const isOrder = traits.censored && observations.some(({ value }) => value === Number.POSITIVE_INFINITY);
  const isCounted = isOrder ? isNumber : Number.isFinite;
  const keyed = design.levels.map(({ key: level, runs: group }): KeyedLevel => {
    const values = meansByKey(group, keyOf, isCounted);
    const keys = group.every(({ value }) => isCounted(value)) ? values : new Set(group.map(keyOf));
    const settings = [...new Set(group.map((run) => settingOf(design, run)))].sort().join('\n');
    return { level, group, keys, values, means: seedMeans(group, isCounted), settings };
  });
  // A level with too few seeds is no evidence, neither for itself nor against others.
  const told = keyed.filter(({ means }) => means.length >= FEWEST_PAIRS);
  const runsOf = (group: readonly Observation[]) =>
    group.map((run) => ({ repetition: repetitionOf(run), launch: run.launch }));
  const look = looksOf(told.map(({ group }) => runsOf(group)));
  const shared = sharedVariance(observations);
  const family = (isOrder ? signFamily : familyOf)(told, {
    spend: share * (look === null ? 1 : spendOf(look)),
    nextSpend: share * (look === null ? 1 : spendOf(look + 1)),
    shared,
    ...(margin === null ? {} : { margin }),
  });
  const place = new Map(told.map(({ level }, i) => [level, i]));
  const pairs = keyed.flatMap((a, i) =>
    keyed.slice(i + 1).map((b): Pair => {
      const [first, second] = [place.get(a.level), place.get(b.level)];
      const test = first === undefined || second === undefined ? null : family.testOf(first, second);
      return pairOf(a, b, confounds, test);
    }),
  );
  const next = { spread: family.spread, spend: nextSpendOf(look, told.length), shared };
  const verdict = levelVerdict(levels, pairs, { confounds, goal, margin });
  return { metric, by, goal, levels, pairs, confounds, method: family.method, look, next, margin, training, verdict };
}

/**
 * The share of the 5% for the next look. Where no level could be judged yet, the seeds to be added make the first look.
 */
function nextSpendOf(look: number | null, told: number): number {
  if (told < 2) return spendOf(1);
  return look === null ? 1 : spendOf(look + 1);
}

interface KeyedLevel extends FamilyLevel {
  readonly level: string;
  readonly group: readonly Observation[];
}

function pairOf(a: KeyedLevel, b: KeyedLevel, confounds: readonly string[], test: FamilyTest | null): Pair {
  const differences = test ? [] : seedDifferences(a.values, b.values);
  return {
    a: a.level,
    b: b.level,
    nPairs: differences.length,
    nDiverged: divergedPairs(a, b),
    confounds: differing(a.group, b.group, confounds),
    ...(test ?? pairedTest(differences)),
  };
}

/** How many pairs of runs have a run without a finite value. */
function divergedPairs(a: KeyedLevel, b: KeyedLevel): number {
  if (a.keys === a.values && b.keys === b.values) return 0;
  const shared = [...a.keys.keys()].filter((key) => b.keys.has(key));
  return shared.filter((key) => !a.values.has(key) || !b.values.has(key)).length;
}
