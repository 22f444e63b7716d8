'use client';

import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Look } from '#src/comparison/looks.ts';
import type { Question } from '#src/comparison/question.ts';
import { useStatisticsText } from '#src/comparison/use-statistics-text.ts';
import { svgExports } from '#src/components/charts/chart-exports.ts';
import { ChartFrame } from '#src/components/charts/chart-frame.tsx';
import { useWidth } from '#src/components/charts/use-width.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import type { Analysis, LevelAnswer } from '#src/server/comparison/schemas.ts';
import { DotChart, dotChartHeight } from './dot-chart.tsx';
import { PairsTable } from './pairs-table.tsx';

interface Props {
  readonly analysis: Analysis;
  readonly question: Question;
  readonly looks: ReadonlyMap<string, Look>;
  readonly nameOf: (level: LevelAnswer) => string;
  readonly logarithmic: boolean;
  readonly onLogarithmic: (logarithmic: boolean) => void;
}

const MOST_DRAWN = 40;

/** Every run by its level, the mean of each level, and each two of them against each other. */
export function LevelsSection({ analysis, question, looks, nameOf, logarithmic, onLogarithmic }: Props) {
  const t = useTranslations('comparison');
  const chart = useTranslations('chart');
  const { metricAxis } = useFormat();
  const { list, metricTitle } = useStatisticsText();
  const svg = useRef<SVGSVGElement>(null);
  const [host, width] = useWidth(960);
  const levels = drawn(analysis);
  const canBeLogarithmic = analysis.levels.every(({ runs }) =>
    runs.values.every((value) => value > 0 || Number.isNaN(value)),
  );
  const title = metricTitle(question.metric, question.part);
  if (analysis.observed === 0) return null;
  const single = levels.some(({ summary }) => summary?.n === 1);
  return (
    <>
      <div ref={host} className="min-w-0 overflow-x-clip">
        <ChartFrame
          title={question.by.length > 0 ? t('levelsTitle', { metric: title, by: list(question.by) }) : title}
          note={
            <>
              {t('levelsNote')}
              {single && ` ${t('oneSeed')}`}
              {levels.length < analysis.levels.length &&
                ` ${t('levelsDrawn', { drawn: levels.length, count: analysis.levels.length })}`}
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
          height={dotChartHeight(levels.length, width)}
          numbers={() => ({
            columns: [t('level'), t('n'), t('runs'), t('mean'), t('sd'), t('low'), t('high'), t('divergedColumn')],
            rows: analysis.levels.map((level) => [
              nameOf(level),
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
            looks={looks}
            nameOf={nameOf}
            axis={metricAxis(question.metric)}
            logarithmic={logarithmic && canBeLogarithmic}
            width={width}
            label={t('levelsTitle', { metric: title, by: list(question.by) })}
          />
        </ChartFrame>
      </div>
      {analysis.pairs.length > 0 && <PairsTable analysis={analysis} nameOf={nameOf} />}
    </>
  );
}

/** All levels, or of very many the best ones. */
function drawn({ levels, goal }: Analysis): readonly LevelAnswer[] {
  if (levels.length <= MOST_DRAWN) return levels;
  const sign = goal === 'lowest' ? 1 : -1;
  const of = ({ summary }: LevelAnswer) => (summary ? sign * summary.mean : Number.POSITIVE_INFINITY);
  return [...levels].sort((a, b) => of(a) - of(b)).slice(0, MOST_DRAWN);
}
