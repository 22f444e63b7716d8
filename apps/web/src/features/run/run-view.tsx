'use client';

import { useQuery } from '@tanstack/react-query';
import { type Config, endReasonIn, isOwnSource, LIVE_STATUSES } from '@whorl/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import { FileSubject } from '#src/charts/file-subject.ts';
import type { Outline } from '#src/contract/curves.ts';
import type { RunDetail } from '#src/contract/schemas.ts';
import { Boundaries } from '#src/features/boundaries/boundaries.tsx';
import { nameRun } from '#src/features/boundaries/named-run.ts';
import { CurvesSection } from '#src/features/curves/curves-section.tsx';
import { useGone } from '#src/features/deletion/use-gone.ts';
import { MediaSection } from '#src/features/media/media-section.tsx';
import { OwnMetrics } from '#src/i18n/own-metrics.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import type { AskedCurves } from '#src/live/chart-data.ts';
import { useConnection, useFollow } from '#src/live/live-provider.tsx';
import { useChart } from '#src/live/use-chart.ts';
import { Command } from '#src/ui/command.tsx';
import { Notes } from '#src/ui/notes.tsx';
import { Section } from '#src/ui/section.tsx';
import { loggedParams } from './model/logged-params.ts';
import { EnvironmentFacts } from './views/environment-facts.tsx';
import { RunArtifacts, useArtifacts } from './views/run-artifacts.tsx';
import { RunFacts } from './views/run-facts.tsx';
import { RunHeader } from './views/run-header.tsx';
import { RunLayers } from './views/run-layers.tsx';
import { RunLogView } from './views/run-log.tsx';
import { RunMetrics } from './views/run-metrics.tsx';
import { RunProbes } from './views/run-probes.tsx';
import { RunTags } from './views/run-tags.tsx';
import { useRunChanges } from './views/use-run-changes.ts';
import { useRunProgress } from './views/use-run-progress.ts';
import { ValueTree } from './views/value-tree.tsx';

interface Props {
  readonly detail: RunDetail;
  /** Null where the viewer may see only the run. */
  readonly experimentName: string | null;
  readonly readAt: number;
  /** What can be drawn of it. */
  readonly outline: Outline;
  /** Whether its data are two-dimensional, so that there is a decision boundary to show. */
  readonly planar: boolean;
  /** The study's default config; null where this version does not know the study. */
  readonly defaults: Config | null;
  /** The study's factors, the most important first; empty where this version does not know it. */
  readonly ofStudy: readonly string[];
  /** Controls of the page, beside its title. */
  readonly actions?: ReactNode;
}

/** The accuracies beside the boundary. The same query as that of the accuracy's chart, so that it is read once. */
const ACCURACY: AskedCurves = {
  key: 'accuracy',
  x: 'step',
  range: null,
  buckets: 1000,
  smoothing: 0,
  by: [],
  raw: true,
  mean: false,
};
const NOTHING = { frames: [], points: [] };

/** What the names of files that programs log begin with. */
const LOGGED_FILES = 'files/';

const isLive = ({ status }: Pick<RunDetail, 'status'>): boolean => LIVE_STATUSES.includes(status);

/** One run: its course, what it learnt, and everything needed to train it again. It is followed while it trains. */
export function RunView(props: Props) {
  return (
    <OwnMetrics value={isOwnSource(props.detail.source)}>
      <OneRun {...props} />
    </OwnMetrics>
  );
}

function OneRun({ detail, experimentName, readAt, outline, planar, defaults, ofStudy, actions }: Props) {
  const t = useTranslations('run');
  const boundary = useTranslations('boundary');
  const { locale } = useFormat();
  const trpc = useTRPC();
  const target = useMemo(() => ({ runIds: [detail.id] }), [detail.id]);
  const { data: run, error } = useQuery(trpc.runs.get.queryOptions(target, { initialData: detail }));
  useGone(error);
  const runs = useMemo(() => [run], [run]);
  // Nothing more comes of a run that had ended when the page was read. Otherwise something may come even after it ends.
  const live = isLive(detail) || isLive(run);
  const { kind } = useReach();
  const still = kind === 'owner' ? { since: readAt, target, still: true, files: target.runIds } : null;
  useFollow(live ? { since: readAt, target, keys: [ACCURACY.key], frames: planar, files: target.runIds } : still);
  const connection = useConnection();
  const { data: boundaries = NOTHING } = useQuery(trpc.runs.boundary.queryOptions(target, { enabled: planar }));
  const { frames, points } = boundaries;
  const { drawn } = useChart(target, planar ? ACCURACY : null);
  const accuracies = useMemo(() => new Map(drawn?.runs.map((curve) => [curve.runId, curve])), [drawn]);
  const { changed, changes } = useRunChanges(detail);
  const { data: artifacts } = useArtifacts(run.id);
  const named = useMemo(() => [nameRun(run, ofStudy)], [run, ofStudy]);
  const [first] = named;
  const ended = !isLive(run);
  const progress = useRunProgress(run, detail, readAt);
  return (
    <FileSubject value={[experimentName ?? '', changed.name].filter(Boolean).join(' ')}>
      <RunHeader
        run={{ ...run, name: changed.name, archivedAt: changed.archivedAt }}
        experimentName={experimentName}
        study={defaults === null ? null : run.study}
        connection={ended ? 'complete' : connection}
        changes={changes}
        actions={actions}
      />
      <div>
        <RunFacts run={run} progress={progress} />
        {run.error && (
          <p
            className={`mt-4 max-w-[48rem] text-small break-words ${run.status === 'interrupted' ? 'text-caution' : 'text-alarm'}`}
          >
            {t('error', { reason: endReasonIn(locale, run.error) })}
          </p>
        )}
        <div className="mt-4">
          <RunTags tags={changed.tags} changes={changes} />
        </div>
      </div>
      <CurvesSection
        target={target}
        runs={runs}
        first={outline}
        ofStudy={ofStudy}
        readAt={readAt}
        live={live}
        beside={
          planar && (
            <section aria-label={t('boundary')}>
              <Boundaries
                runs={named}
                frames={frames}
                points={points}
                accuracies={accuracies}
                reading={frames.length === 0}
                title={t('boundary')}
                note={boundary('note')}
              />
            </section>
          )
        }
      />
      {first && <RunLayers named={first} />}
      <RunMetrics run={run} />
      <RunProbes artifacts={artifacts} />
      {artifacts?.some(({ name }) => name.startsWith(LOGGED_FILES)) && <MediaSection runs={[run]} />}
      {(changes !== null || changed.notes !== '') && (
        <div className={changed.notes === '' ? 'print:hidden' : undefined}>
          <Section title={t('notes')}>
            <Notes notes={changed.notes} onSave={changes?.setNotes} />
          </Section>
        </div>
      )}
      {detail.command !== '' && (
        <Section title={t('command')} note={t('commandNote')}>
          <div className="max-w-[56rem]">
            <Command text={detail.command} />
          </div>
        </Section>
      )}
      <div className="grid gap-x-16 lg:grid-cols-2 print:grid-cols-2">
        <Section
          title={t(detail.config ? 'config' : 'params')}
          note={detail.configHash && <span className="font-mono break-all">{`sha256 ${detail.configHash}`}</span>}
        >
          <ValueTree
            label={t(detail.config ? 'config' : 'params')}
            value={detail.config ?? loggedParams(detail.params)}
            {...(defaults ? { defaults } : {})}
          />
        </Section>
        <Section title={t('environment')}>
          <EnvironmentFacts run={{ ...detail, mode: run.mode }} />
        </Section>
      </div>
      <RunLogView run={run} />
      <RunArtifacts artifacts={artifacts} />
    </FileSubject>
  );
}
