'use client';

import { type NumberFormat, summaryFormat } from '@whorl/core';
import { memo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { ChartNumbers } from '#src/charts/chart-exports.ts';
import { Swatch } from '#src/charts/swatch.tsx';
import { TableFiles } from '#src/charts/table-files.tsx';
import type { Answer } from '#src/contract/comparison.ts';
import { askedBy } from '#src/contract/question.ts';
import { leaderOf } from '#src/features/compare/model/leader.ts';
import { useVerdictText } from '#src/features/compare/verdict.tsx';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { CutName } from '#src/ui/cut-name.tsx';
import { Scroller } from '#src/ui/scroller.tsx';
import type { RunGroup } from './model/answers.ts';
import { exportedCell } from './model/exported-cell.ts';
import type { Looks } from './model/looks.ts';
import { GroupMean } from './views/group-mean.tsx';
import { useColumnNames } from './views/use-column-names.ts';
import { useGroupName } from './views/use-group-name.ts';

interface Props {
  readonly by: readonly string[];
  /** The metrics in the table, as fields. */
  readonly summarized: readonly string[];
  readonly groups: readonly RunGroup[];
  readonly looks: Looks;
  /** The comparison of the configurations; undefined where it is unknown. */
  readonly standing: Answer | undefined;
}

/** More rows at first would push the runs out of view. */
const MOST_AT_FIRST = 8;

/** The results of each configuration over its seeds, the best mean first, marked as the comparison calls it. */
export const ConfigurationTable = memo(function ConfigurationTable({ by, summarized, groups, looks, standing }: Props) {
  const t = useTranslations('experiment');
  const { whole } = useFormat();
  const nameOf = useColumnNames();
  const groupName = useGroupName(by, groups);
  const formats = summarized.map((_, i) => summaryFormat(groups.map(({ metrics }) => metrics[i]?.summary)));
  const [showsAll, setShowsAll] = useState(false);
  const leader = standing && leaderOf(standing);
  const leading = JSON.stringify(leader?.values);
  const shown = showsAll ? groups : groups.slice(0, MOST_AT_FIRST);
  return (
    <>
      <Scroller label={t('configurations')}>
        <table className="table max-w-[56rem]">
          <thead>
            <tr>
              <th scope="col">{t('configuration')}</th>
              <th scope="col" className="number hidden sm:table-cell">
                {t('runsColumn')}
              </th>
              {summarized.map((field) => (
                <th key={field} scope="col" className="number">
                  {nameOf(field).text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((group) => {
              const name = groupName(group);
              const look = looks.of((field) => group.values[by.indexOf(field)]);
              return (
                <tr key={JSON.stringify(group.values.map(String))} data-configuration={name}>
                  <th scope="row" className="!text-ink">
                    <span className="inline-flex max-w-full flex-wrap items-center gap-x-2 gap-y-1">
                      <span className="inline-flex min-w-0 items-center gap-2">
                        {look && <Swatch look={look} />}
                        <span
                          className="line-clamp-3 min-w-[15ch] max-w-[18ch] whitespace-normal [overflow-wrap:anywhere] sm:max-w-[32ch] lg:max-w-[40ch]"
                          title={name}
                        >
                          <CutName text={name || t('onlyConfiguration')} most={44} />
                        </span>
                      </span>
                      {leader && standing && JSON.stringify(group.values) === leading && (
                        <LeaderMark isBest={leader.isBest} standing={standing} />
                      )}
                    </span>
                  </th>
                  <td className="number hidden sm:table-cell">{whole(group.runs)}</td>
                  {summarized.map((field, i) => {
                    const metric = group.metrics[i];
                    return (
                      <td key={field} className="number">
                        {metric && <GroupMean metric={metric} runs={group.runs} text={formats[i] as NumberFormat} />}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroller>
      <div className="mt-2">
        <TableFiles title={t('configurations')} numbers={() => configurationNumbers(by, summarized, groups)} />
      </div>
      {shown.length < groups.length && (
        <button type="button" className="button mt-2" onClick={() => setShowsAll(true)}>
          {t('allConfigurations', { count: groups.length })}
        </button>
      )}
    </>
  );
});

interface MarkProps {
  readonly isBest: boolean;
  readonly standing: Answer;
}

/**
 * Marks a configuration as the best one, or only as the one with the best mean; its title says why. The sentence above the
 * table is about a single factor, so it may name no winner where this mark does.
 */
function LeaderMark({ isBest, standing }: MarkProps) {
  const t = useTranslations('experiment');
  const { namesOf } = useLevelName();
  const verdictText = useVerdictText();
  const written = namesOf(
    standing.by,
    standing.levels.map(({ values }) => values),
  );
  const names = new Map(standing.levels.map(({ level }, i) => [level, written[i] ?? level]));
  return (
    <span
      className={`rounded-[4px] border px-1 text-small font-normal ${isBest ? 'border-accent text-accent' : 'border-line text-muted'}`}
      title={verdictText(standing, askedBy(standing), (level) => names.get(level) ?? level)}
      data-testid="leader"
      data-best={isBest}
    >
      {isBest
        ? t('bestOf', { count: standing.levels.length })
        : t(standing.goal === 'lowest' ? 'lowestMean' : 'highestMean')}
    </span>
  );
}

/** The table for a download: each configuration by its paths, with mean, interval and n of each metric. */
function configurationNumbers(
  by: readonly string[],
  summarized: readonly string[],
  groups: readonly RunGroup[],
): ChartNumbers {
  return {
    columns: [
      ...by,
      'runs',
      ...summarized.flatMap((field) => [`${field}.mean`, `${field}.low`, `${field}.high`, `${field}.n`]),
    ],
    rows: groups.map(({ values, runs, metrics }) => [
      ...values.map((value, i) => exportedCell(by[i] ?? '', value)),
      runs,
      ...summarized.flatMap((_, i) => {
        const summary = metrics[i]?.summary;
        return [summary?.mean, summary?.ci95?.[0], summary?.ci95?.[1], summary?.n];
      }),
    ]),
  };
}
