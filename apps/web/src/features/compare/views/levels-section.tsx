'use client';

import { useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { svgExports } from '#src/charts/chart-exports.ts';
import { ChartFrame } from '#src/charts/chart-frame.tsx';
import type { LevelAt, Look } from '#src/charts/looks.ts';
import { useWidth } from '#src/charts/use-width.ts';
import type { Analysis, DependsAnswer, LevelAnswer } from '#src/contract/comparison.ts';
import type { Question } from '#src/contract/question.ts';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { dotChartHeight } from '../model/dot-places.ts';
import { DotChart } from './dot-chart.tsx';
import { PairsTable } from './pairs-table.tsx';

interface Props {
  readonly analysis: Analysis;
  readonly question: Question;
  readonly looks: ReadonlyMap<string, Look>;
  readonly lookOf: (values: LevelAt) => Look;
  readonly nameOf: (level: LevelAnswer) => string;
  readonly logarithmic: boolean;
  readonly onLogarithmic: (logarithmic: boolean) => void;
}

const MOST_DRAWN = 40;

/** Every run by its level, the mean of each level, and all pairs of levels. */
export function LevelsSection({ analysis, question, looks, lookOf, nameOf, logarithmic, onLogarithmic }: Props) {
  const depends = analysis.verdict.kind === 'depends' ? analysis.verdict : null;
  const facets = useFacets(analysis.facets, depends, lookOf);
  const t = useTranslations('comparison');
  const chart = useTranslations('chart');
  const { metricAxis } = useFormat();
  const { list, metricTitle } = useStatisticsText();
  const svg = useRef<SVGSVGElement>(null);
  const [host, width] = useWidth(960);
  const all = facets?.levels ?? analysis.levels;
  const levels = facets ? all : drawn(analysis);
  const nameOfDrawn = facets?.nameOf ?? nameOf;
  const by = depends?.of ?? question.by;
  const canBeLogarithmic = analysis.levels.every(({ runs }) =>
    runs.values.every((value) => value > 0 || Number.isNaN(value)),
  );
  const title = metricTitle(question.metric, question.part);
  if (analysis.observed === 0) return null;
  const chartTitle = depends
    ? t('levelsTitleAt', { metric: title, by: list(by), on: list(depends.on) })
    : by.length > 0
      ? t('levelsTitle', { metric: title, by: list(by) })
      : title;
  const single = levels.some(({ summary }) => summary?.n === 1);
  return (
    <>
      <div ref={host} className="min-w-0 overflow-x-clip">
        <ChartFrame
          title={chartTitle}
          note={
            <>
              {t('levelsNote')}
              {single && ` ${t('oneSeed')}`}
              {levels.length < all.length && ` ${t('levelsDrawn', { drawn: levels.length, count: all.length })}`}
            </>
          }
          controls={
            canBeLogarithmic && (
              <label className="inline-flex items-center gap-2 text-small text-muted">
                <input
                  type="checkbox"
                  className="accent-accent"
                  checked={logarithmic}
                  onChange={(event) => onLogarithmic(event.target.checked)}
                />
                {chart('logarithmic')}
              </label>
            )
          }
          exports={svgExports(() => svg.current)}
          height={dotChartHeight(levels.length, width, facets?.heads.size)}
          numbers={() => ({
            columns: [
              ...(facets ? [list(depends?.on ?? [])] : []),
              t('level'),
              t('n'),
              t('runs'),
              t('mean'),
              t('sd'),
              t('low'),
              t('high'),
              t('divergedColumn'),
            ],
            rows: all.map((level) => [
              ...(facets ? [facets.facetOf(level)] : []),
              nameOfDrawn(level),
              level.summary?.n ?? 0,
              level.finite,
              level.summary?.mean,
              level.summary?.sd,
              level.summary?.ci95?.[0],
              level.summary?.ci95?.[1],
              level.diverged,
            ]),
          })}
        >
          <DotChart
            svg={svg}
            levels={levels}
            looks={facets?.looks ?? looks}
            nameOf={nameOfDrawn}
            {...(facets ? { heads: facets.heads } : {})}
            axis={metricAxis(question.metric)}
            logarithmic={logarithmic && canBeLogarithmic}
            width={width}
            label={chartTitle}
          />
        </ChartFrame>
      </div>
      {facets && depends ? (
        <PairsTable groups={facets.pairs} on={list(depends.on)} margin={analysis.margin} />
      ) : (
        analysis.pairs.length > 0 && (
          <PairsTable groups={[{ head: null, ...analysis, nameOf }]} on={null} margin={analysis.margin} />
        )
      )}
    </>
  );
}

/** Where the effect depends on another factor, the rows, headings and pairs for each level of that factor. */
function useFacets(facets: Analysis['facets'], depends: DependsAnswer | null, lookOf: Props['lookOf']) {
  const { namesOf } = useLevelName();
  return useMemo(() => {
    if (!depends) return null;
    const { of, on } = depends;
    const names = namesOf(
      on,
      facets.map(({ values }) => values),
    );
    const rows = facets.flatMap((facet, i) => {
      const levels = namesOf(
        of,
        facet.levels.map(({ values }) => values),
      );
      return facet.levels.map((level, place) => ({
        row: { ...level, level: `${facet.level}\n${level.level}` },
        key: level.level,
        facet: i,
        name: levels[place] ?? level.level,
        look: lookOf((path) => {
          const value = of.includes(path) ? level.values[of.indexOf(path)] : facet.values[on.indexOf(path)];
          return value ?? undefined;
        }),
      }));
    });
    const known = new Map(rows.map((found) => [found.row.level, found]));
    const firsts = facets.flatMap((_, i) => rows.find(({ facet }) => facet === i) ?? []);
    return {
      levels: rows.map(({ row }) => row),
      looks: new Map(rows.map(({ row, look }) => [row.level, look])),
      heads: new Map(firsts.map(({ row, facet }) => [row.level, names[facet] ?? ''])),
      nameOf: ({ level }: LevelAnswer): string => known.get(level)?.name ?? level,
      facetOf: ({ level }: LevelAnswer): string => names[known.get(level)?.facet ?? -1] ?? '',
      pairs: facets.map((facet, i) => ({
        head: names[i] ?? '',
        levels: facet.levels,
        pairs: facet.pairs,
        method: facet.method,
        nameOf: ({ level }: LevelAnswer): string => known.get(`${facet.level}\n${level}`)?.name ?? level,
      })),
    };
  }, [facets, depends, lookOf, namesOf]);
}

/** The levels to draw: all, or of very many the best ones. */
function drawn({ levels, goal }: Analysis): readonly LevelAnswer[] {
  if (levels.length <= MOST_DRAWN) return levels;
  const sign = goal === 'lowest' ? 1 : -1;
  const of = ({ summary }: LevelAnswer) => (summary ? sign * summary.mean : Number.POSITIVE_INFINITY);
  return [...levels].sort((a, b) => of(a) - of(b)).slice(0, MOST_DRAWN);
}
