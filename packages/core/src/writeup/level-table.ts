import { buildConfig } from '../config/assignments.ts';
import { metricName } from '../metrics/registry.ts';
import type { Level } from '../statistics/comparison.ts';
import { formatInterval } from '../statistics/format-statistics.ts';
import { withoutSeed } from '../studies/recorded.ts';
import type { TrainingStudy } from '../studies/study.ts';
import { formatNumber, type NumberFormat, numberFormat } from '../text/format-number.ts';
import type { Language, Text } from '../text/text.ts';
import { type ExhibitRow, type ExhibitRows, isByPowers } from './exhibits/exhibit-rows.ts';
import type { Exhibit } from './exhibits/exhibits.ts';
import type { WriteupTable } from './tree.ts';
import { WORDS } from './words.ts';

/** `0.9487 [0.9400, 0.9560]`; for metrics that some seeds never reached, how many did, and the median. */
function resultText(level: Level | undefined, format: NumberFormat, language: Language): string {
  if (!level) return '-';
  const { summary, order } = level;
  if (order && order.reached < order.seeds)
    return WORDS.reached(Number.isFinite(order.median) ? formatNumber(order.median) : null, order.reached, order.seeds)[
      language
    ];
  if (!summary) return '-';
  return summary.ci95 ? `${format(summary.mean)} ${formatInterval(summary.ci95, format)}` : format(summary.mean);
}

/**
 * One format for the results of a metric in all rows, with as many digits as people read rather than as many as tell
 * all apart.
 */
const formatOf = (levels: readonly (Level | undefined)[]): NumberFormat =>
  numberFormat(
    levels.flatMap((level) => (level?.summary ? [level.summary.mean, ...(level.summary.ci95 ?? [])] : [])),
    [],
  );

/** How many seeds a level has, whatever the metric. */
const seedsOf = ({ results: [first] }: ExhibitRow): number => first?.order?.seeds ?? first?.summary?.n ?? 0;

/** The levels as a table: seeds, mean and interval of each metric and, where there are any, the course's figures. */
export function levelTable(
  { rows, head }: ExhibitRows,
  { metrics, title, foreign = false }: Pick<Exhibit, 'metrics' | 'title' | 'foreign'>,
  { language, study }: { readonly language: Language; readonly study?: TrainingStudy | undefined },
): WriteupTable {
  const said = (text: Text): string => text[language];
  const formats = metrics.map((_, i) => formatOf(rows.map(({ results }) => results[i])));
  const reported = rows.map((row) => study && courseFigureOf(study, row));
  const withCourse = reported.some((figure) => figure !== undefined);
  const diverged = rows.map(({ results: [first] }) => first?.diverged ?? 0);
  const withDiverged = diverged.some((count) => count > 0);
  return {
    caption: said(WORDS.tableCaption(title, metrics.some(isByPowers))),
    heads: [
      head === '' ? said(WORDS.level) : head,
      said(WORDS.seeds),
      ...metrics.map((metric) => (foreign ? metric : said(metricName(metric)))),
      ...(withDiverged ? [said(WORDS.diverged)] : []),
      ...(withCourse ? [said(WORDS.course)] : []),
    ],
    align: [
      'left',
      'right',
      ...metrics.map(() => 'right' as const),
      ...(withDiverged ? (['right'] as const) : []),
      ...(withCourse ? (['right'] as const) : []),
    ],
    rows: rows.map((row, i) => [
      row.name,
      String(seedsOf(row)),
      ...row.results.map((level, at) => resultText(level, formats[at] as NumberFormat, language)),
      ...(withDiverged ? [diverged[i] === 0 ? '-' : String(diverged[i])] : []),
      ...(withCourse ? [reported[i] === undefined ? '-' : String(reported[i])] : []),
    ]),
  };
}

/** The course's figure of a row's configuration; undefined where it has none. */
function courseFigureOf(study: TrainingStudy, { runs: [first] }: ExhibitRow): number | undefined {
  const config = first?.config;
  if (!config) return undefined;
  const key = withoutSeed(config);
  return study.course.find(({ values }) => withoutSeed(buildConfig(study.defaults, values)) === key)?.reported;
}
