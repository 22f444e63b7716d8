'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { svgExports } from '#src/charts/chart-exports.ts';
import { ChartFrame } from '#src/charts/chart-frame.tsx';
import { useWidth } from '#src/charts/use-width.ts';
import type { Analysis, Overview } from '#src/contract/comparison.ts';
import type { Question } from '#src/contract/question.ts';
import type { Target } from '#src/contract/target.ts';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { Scroller } from '#src/ui/scroller.tsx';
import { Section } from '#src/ui/section.tsx';
import { besideIn } from '../model/standings.ts';
import { MatrixChart, matrixHeight, matrixWidth } from './matrix-chart.tsx';

interface Props {
  readonly target: Target;
  readonly overview: Overview;
  readonly question: Question;
  /** The answer to the page's question; null while it is being read. */
  readonly analysis: Analysis | null;
  /** The factors that the address names. */
  readonly chosen: readonly string[];
  readonly onChoose: (factors: readonly string[]) => void;
}

/** Shows any two factors as a matrix. */
export function MatrixSection({ target, overview, question, analysis: said, chosen, onChoose }: Props) {
  const t = useTranslations('comparison');
  const trpc = useTRPC();
  const paths = overview.factors.map(({ path }) => path);
  const depends = said?.verdict.kind === 'depends' ? said.verdict : null;
  const first = depends ? [...depends.of, ...depends.on] : question.by;
  const by = factorsOf(chosen, first, paths);
  const { data, isError } = useQuery(
    trpc.comparison.analyse.queryOptions(
      { target, metric: question.field, by: [...(by ?? [])], goal: question.goal },
      { enabled: by !== null, placeholderData: keepPreviousData },
    ),
  );
  if (!by) return null;
  const isOf = (analysis: Analysis) => analysis.by[0] === by[0] && analysis.by[1] === by[1];
  return (
    <Section
      title={t('matrix')}
      note={t('matrixNote')}
      aside={
        <div className="flex flex-wrap items-center gap-2">
          {([0, 1] as const).map((at) => (
            <select
              key={at}
              className="field max-w-[calc(100vw-32px)] font-mono"
              aria-label={at === 0 ? t('matrixRows') : t('matrixColumns')}
              value={by[at]}
              onChange={(event) => {
                const { value } = event.target;
                const other = by[1 - at] as string;
                const kept = other === value ? (by[at] as string) : other;
                onChoose(at === 0 ? [value, kept] : [kept, value]);
              }}
            >
              {paths.map((path) => (
                <option key={path} value={path}>
                  {path}
                </option>
              ))}
            </select>
          ))}
        </div>
      }
    >
      {isError && <p className="text-small text-alarm">{t('failed')}</p>}
      {data && isOf(data) ? (
        <Matrix analysis={data} by={by} question={question} said={said} />
      ) : (
        <div className="h-[280px]" aria-busy="true" />
      )}
    </Section>
  );
}

function Matrix({
  analysis,
  by,
  question,
  said,
}: {
  readonly analysis: Analysis;
  readonly by: readonly [string, string];
  readonly question: Question;
  readonly said: Analysis | null;
}) {
  const t = useTranslations('comparison');
  const { nameValue } = useLevelName();
  const { metricTitle, list } = useStatisticsText();
  const svg = useRef<SVGSVGElement>(null);
  const [host, width] = useWidth(960);
  const plain = analysis.matrix;
  if (analysis.observed === 0) return <p className="text-muted">{t('noResults')}</p>;
  if (!plain) return <p className="text-muted">{t('matrixTooLarge')}</p>;
  // A factor whose effect depends on the other one is compared at each of its levels, with the same tests as the verdict.
  const beside = said?.verdict.kind === 'depends' ? besideIn(plain, by, said.verdict, said.facets) : null;
  const matrix = beside?.matrix ?? plain;
  const metric = metricTitle(question.metric, question.part);
  const title = t('matrixTitle', { metric, rows: by[0], columns: by[1] });
  const tied = matrix.cells.filter(({ standing }) => standing === 'tied').length;
  const untested = matrix.cells.filter(({ standing }) => standing === 'untested').length;
  return (
    <div ref={host} className="min-w-0 overflow-x-clip">
      <ChartFrame
        title={title}
        note={
          <>
            {beside ? t('matrixReadingAt', { side: beside.side, tied }) : t('matrixReading', { tied, untested })}
            {matrix.confounds.length > 0 && (
              <span className="block font-medium text-caution">
                {t('matrixConfounded', { count: matrix.confounds.length, paths: list(matrix.confounds) })}
              </span>
            )}
          </>
        }
        exports={svgExports(() => svg.current)}
        height={matrixHeight(matrix.rows.length) + (matrixWidth(matrix.columns.length, width) > width ? 16 : 0)}
        numbers={() => ({
          columns: [
            by[0],
            by[1],
            t('n'),
            t('mean'),
            t('sd'),
            t('low'),
            t('high'),
            t('divergedColumn'),
            t('standing'),
            t('pAdjusted'),
          ],
          rows: matrix.cells.map(({ row, column, summary, diverged, standing, pAdjusted }) => [
            nameValue(matrix.rows[row] ?? null),
            nameValue(matrix.columns[column] ?? null),
            summary?.n ?? 0,
            summary?.mean,
            summary?.sd,
            summary?.ci95?.[0],
            summary?.ci95?.[1],
            diverged,
            t(`standings.${standing}`),
            pAdjusted,
          ]),
        })}
      >
        <Scroller label={title}>
          <MatrixChart
            svg={svg}
            matrix={matrix}
            by={by}
            nameValue={nameValue}
            metric={metric}
            width={width}
            label={title}
          />
        </Scroller>
      </ChartFrame>
    </div>
  );
}

/** The two factors to show: the chosen ones, else the compared ones, else the first; null where fewer than two vary. */
function factorsOf(
  chosen: readonly string[],
  by: readonly string[],
  paths: readonly string[],
): readonly [string, string] | null {
  const known = [...chosen.filter((path) => paths.includes(path)), ...by, ...paths];
  const [first, second] = [...new Set(known)];
  return first !== undefined && second !== undefined ? [first, second] : null;
}
