'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { MOST_DISTINCT } from '@whorl/core';
import dynamic from 'next/dynamic';
import { type ReactNode, Suspense, useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import { FileSubject } from '#src/charts/file-subject.ts';
import { summaryFactors } from '#src/contract/factor-fields.ts';
import type { Experiment } from '#src/contract/schemas.ts';
import { ConceptLink } from '#src/features/concepts/concept-link.tsx';
import { ConfigurationTable } from '#src/features/runs-table/configuration-table.tsx';
import type { FirstPaint } from '#src/features/runs-table/model/first-paint.ts';
import { looksOfFields, pathOf } from '#src/features/runs-table/model/looks.ts';
import { mainFields } from '#src/features/runs-table/model/main-fields.ts';
import { fieldsInput, shownView, summaryInput } from '#src/features/runs-table/model/table-input.ts';
import { TABLE_FIELDS } from '#src/features/runs-table/model/table-view.ts';
import { RunsTable } from '#src/features/runs-table/runs-table.tsx';
import { useFirstPaint } from '#src/features/runs-table/use-first-paint.ts';
import { useLiveTable } from '#src/features/runs-table/use-live-table.ts';
import { OwnMetrics } from '#src/i18n/own-metrics.ts';
import type { StudyOutline } from '#src/i18n/study-outline.ts';
import { LiveMark } from '#src/live/live-mark.tsx';
import { useStable } from '#src/live/use-stable.ts';
import { Command } from '#src/ui/command.tsx';
import { Section } from '#src/ui/section.tsx';
import { useView } from '#src/view/use-view.ts';
import { ExperimentAnswer } from './views/experiment-answer.tsx';
import { ExperimentClaims } from './views/experiment-claims.tsx';
import { LogLink } from './views/log-link.tsx';
import { useAnswers } from './views/use-answer.ts';

// The table comes first: components behind a boundary of their own hydrate after it, and the curves load after it, too.
const FollowedCurves = dynamic(() =>
  import('#src/features/curves/followed-curves.tsx').then(({ FollowedCurves }) => FollowedCurves),
);

interface Props {
  readonly experiment: Experiment;
  /** Null where this version does not know the study. */
  readonly outline: StudyOutline | null;
  readonly first: FirstPaint;
  readonly readAt: number;
  /** Controls of the page, beside its title. */
  readonly actions?: ReactNode;
  /** The notes, below the title. */
  readonly notes?: ReactNode;
}

/** The command that trains into the experiment. The name is quoted, so that a shell reads it as one word. */
const commandInto = ({ study, name }: Pick<Experiment, 'study' | 'name'>): string =>
  `npx whorl run ${study}${name === study ? '' : ` --name ${shellWord(name)}`}`;

const shellWord = (text: string): string =>
  /^[\w.:=/-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** An experiment: its question, the results of its configurations, and how they came about. It follows running trainings. */
export function ExperimentView(props: Props) {
  return (
    <OwnMetrics value={props.experiment.study !== null}>
      <OneExperiment {...props} />
    </OwnMetrics>
  );
}

function OneExperiment({ experiment: initial, outline, first, readAt, actions, notes }: Props) {
  const t = useTranslations('experiment');
  const trpc = useTRPC();
  const { kind } = useReach();
  const table = useView(TABLE_FIELDS);
  const { view } = table;
  useFirstPaint(initial, first, view);
  const { experiment, connection } = useLiveTable(initial, readAt);
  const { id } = experiment;
  const { ofStudy } = first;
  const trains = outline?.trains ?? true;
  // The curves are of the runs that match the table's query.
  const { q: query, archived } = shownView(view, first.refused);
  const target = useMemo(
    () => ({ experimentId: id, ...(query === '' ? {} : { query }), ...(archived ? { archived } : {}) }),
    [id, query, archived],
  );
  const { data: infos = first.infos } = useQuery(trpc.runs.fields.queryOptions(fieldsInput(id, false)));
  const { data: tableInfos = first.tableInfos } = useQuery(trpc.runs.fields.queryOptions(fieldsInput(id, archived)));
  const factors = useStable(summaryFactors(infos, ofStudy));
  const summarized = useStable(mainFields(infos));
  const { data: summary } = useQuery(
    trpc.grouping.groups.queryOptions(summaryInput(id, factors, summarized), { placeholderData: keepPreviousData }),
  );
  const groups = useStable(summary?.groups ?? []);
  const { answer, standing } = useAnswers(experiment, factors);
  const looks = useMemo(() => looksOfFields(ofStudy, factors, infos), [ofStudy, factors, infos]);
  const order = useMemo(
    () => ({ by: factors.map(pathOf), rows: groups.map(({ values }) => values) }),
    [factors, groups],
  );
  const seeds = infos.find(({ field }) => field === 'seed')?.distinct ?? 0;
  return (
    <FileSubject value={experiment.name}>
      <header className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 max-w-[48rem]">
          <h1
            className="line-clamp-3 min-w-0 text-display font-semibold [overflow-wrap:anywhere] sm:line-clamp-2"
            title={experiment.name}
          >
            <bdi>{experiment.name}</bdi>
          </h1>
          {experiment.study !== null && <p className="mt-2">{outline?.question ?? t('unknownStudy')}</p>}
          <ExperimentAnswer experiment={experiment} answer={answer} />
          <p className="mt-2 flex flex-wrap gap-x-4 text-small text-muted">
            {trains && <span>{t('counts', { count: experiment.runs })}</span>}
            {groups.length > 0 && <span>{t('configurationCount', { count: groups.length })}</span>}
            {seeds > MOST_DISTINCT ? (
              <span>{t('manySeeds', { most: MOST_DISTINCT })}</span>
            ) : (
              seeds > 0 && <span>{t('seedCount', { count: seeds })}</span>
            )}
            {outline && experiment.study !== null && <ConceptLink study={experiment.study} />}
            <LiveMark connection={connection} training={experiment.byStatus.running > 0} />
          </p>
        </div>
        <Suspense>{actions}</Suspense>
      </header>
      {experiment.archivedAt !== null && (
        <p className="mt-2 text-small text-caution">{t(kind === 'owner' ? 'isArchived' : 'isArchivedShared')}</p>
      )}
      {experiment.damage.length > 0 && (
        <p className="mt-2 max-w-[48rem] text-small text-caution">
          {t(kind === 'owner' ? 'damaged' : 'damagedShared', { columns: experiment.damage.join(', ') })}
        </p>
      )}
      {notes}
      {experiment.runs === 0 && experiment.archivedRuns === 0 ? (
        <NoRuns experiment={experiment} trains={trains} />
      ) : (
        <>
          {groups.length > 0 && (
            <Section title={t('configurations')} note={t('summaryNote')}>
              <Suspense>
                <ConfigurationTable
                  by={factors}
                  summarized={summarized}
                  groups={groups}
                  looks={looks}
                  standing={standing}
                />
              </Suspense>
            </Section>
          )}
          <Section title={t('runs')}>
            <RunsTable experiment={experiment} table={table} first={first} infos={tableInfos} looks={looks} />
          </Section>
          <FollowedCurves target={target} readAt={readAt} live levels={looks.levels} order={order} />
        </>
      )}
      <ExperimentClaims experiment={experiment} />
    </FileSubject>
  );
}

/** Stands in place of the table and the curves: how runs get into the experiment. */
function NoRuns({ experiment, trains }: { readonly experiment: Experiment; readonly trains: boolean }) {
  const t = useTranslations('experiment');
  const { kind } = useReach();
  return (
    <div className="mt-8 max-w-[42rem]">
      {kind === 'owner' ? (
        <>
          {experiment.study === null ? (
            <p>{t('emptyLogged')}</p>
          ) : (
            <>
              <p className="mb-2">{t(trains ? 'empty' : 'trainsNothing')}</p>
              <Command text={commandInto(experiment)} />
            </>
          )}
          {trains && (
            <p className="mt-4">
              <LogLink experiment={experiment.name} alone={experiment.study === null} />
            </p>
          )}
        </>
      ) : (
        trains && <p>{t('emptyShared')}</p>
      )}
    </div>
  );
}
