'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { LIVE_STATUSES, mainMetricOf } from '@whorl/core';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { FileSubject } from '#src/charts/file-subject.ts';
import { looksBy } from '#src/charts/looks.ts';
import type { Analysis, LevelAnswer, Overview } from '#src/contract/comparison.ts';
import { askedBy, type Question, questionOf } from '#src/contract/question.ts';
import type { Target } from '#src/contract/target.ts';
import { FollowedCurves } from '#src/features/curves/followed-curves.tsx';
import { isLoss, isLossPath } from '#src/features/curves/model/metric-scales.ts';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { OwnMetrics } from '#src/i18n/own-metrics.ts';
import { useFollow } from '#src/live/live-provider.tsx';
import { Section } from '#src/ui/section.tsx';
import { BadView } from '#src/view/bad-view.tsx';
import { useView } from '#src/view/use-view.ts';
import { COMPARISON_VIEW } from './model/view-fields.ts';
import { VerdictView } from './verdict.tsx';
import { BoundariesSection } from './views/boundaries-section.tsx';
import { CompareHeader } from './views/compare-header.tsx';
import { ConfoundNotice } from './views/confound-notice.tsx';
import { EffectsSection } from './views/effects-section.tsx';
import { FactorTable } from './views/factor-table.tsx';
import { InsideSection } from './views/inside-section.tsx';
import { LevelsSection } from './views/levels-section.tsx';
import { MatrixSection } from './views/matrix-section.tsx';
import { QuestionBar } from './views/question-bar.tsx';
import { RelationsSection } from './views/relations-section.tsx';
import { SeedsSection } from './views/seeds-section.tsx';
import { useComparedSelection } from './views/use-selection.ts';

interface Props {
  readonly target: Target;
  /** What the server rendered. */
  readonly overview: Overview;
  readonly analysis: Analysis;
  /** Controls of the page, beside its title. */
  readonly actions?: ReactNode;
}

/** By how much the clocks of page and server may differ. */
const SLACK_MS = 10_000;

/** Any number of runs against each other: in what they differ, what that did, and how it came about. */
export function CompareView(props: Props) {
  return (
    <OwnMetrics value={props.overview.ownMetrics}>
      <Compared {...props} />
    </OwnMetrics>
  );
}

function Compared({ target, overview: firstOverview, analysis: firstAnalysis, actions }: Props) {
  const t = useTranslations('comparison');
  const trpc = useTRPC();
  const { view, change, bad } = useView(COMPARISON_VIEW);
  const { namesOf } = useLevelName();
  const { data: overview = firstOverview } = useQuery(
    trpc.comparison.overview.queryOptions({ target }, { initialData: firstOverview }),
  );
  const [readAt] = useState(() => Date.now() - SLACK_MS);
  // What was training when the page was read may have points to come after it has ended; into an experiment runs may come.
  const experiments = 'experimentId' in target ? [target.experimentId] : [];
  const follows = isLive(firstOverview) || experiments.length > 0;
  useFollow(follows ? { since: readAt, target, experiments, frames: overview.planar } : null);
  const question = useMemo(
    () => questionOf({ by: view.by, metric: view.metric, goal: view.goal }, overview),
    [view.by, view.metric, view.goal, overview],
  );
  const isFirst = answers(firstAnalysis, question, view.margin);
  const { data, isError } = useQuery(
    trpc.comparison.analyse.queryOptions(
      { target, metric: question.field, by: [...question.by], margin: view.margin, goal: question.goal },
      {
        ...(isFirst ? { initialData: firstAnalysis } : {}),
        placeholderData: keepPreviousData,
      },
    ),
  );
  const analysis = data && answers(data, question, view.margin) ? data : null;
  const levels = useMemo(() => {
    const known = new Map(overview.factors.map((factor) => [factor.path, factor.levels]));
    return new Map(question.by.map((path) => [path, (known.get(path) ?? []).map(({ value }) => value ?? undefined)]));
  }, [question.by, overview.factors]);
  const lookOf = useMemo(() => looksBy(question.by, levels), [question.by, levels]);
  const looks = useMemo(
    () =>
      new Map(
        analysis?.levels.map(({ level, values }) => [
          level,
          lookOf((path) => values[question.by.indexOf(path)] ?? undefined),
        ]),
      ),
    [analysis, lookOf, question.by],
  );
  const names = useMemo(() => {
    const levels = analysis?.levels ?? [];
    const written = namesOf(
      question.by,
      levels.map(({ values }) => values),
    );
    return new Map(levels.map(({ level }, i) => [level, written[i] ?? level]));
  }, [analysis, namesOf, question.by]);
  const order = useMemo(
    () => analysis && { by: question.by, rows: analysis.levels.map(({ values }) => values) },
    [analysis, question.by],
  );
  const nameOf = useCallback(({ level }: LevelAnswer) => names.get(level) ?? level, [names]);
  const write = useCallback((sel: readonly string[]) => change({ sel }), [change]);
  const selection = useComparedSelection(view.sel, write);
  const setBy = (by: readonly string[]) => change({ by, inside: '' }, 'push');

  return (
    <FileSubject
      value={overview.experiments
        .map(({ name }) => name)
        .slice(0, 2)
        .join(' ')}
    >
      <CompareHeader overview={overview} actions={actions} />
      <BadView bad={[...bad, ...question.bad]} />
      <QuestionBar
        overview={overview}
        question={question}
        onBy={setBy}
        onMetric={(metric) => change({ metric, goal: keyOf(metric) === question.metric ? view.goal : '' }, 'push')}
        onGoal={(goal) => change({ goal }, 'push')}
        margin={view.margin}
        onMargin={(margin) => change({ margin })}
      />
      {isError && <p className="mt-4 text-alarm">{t('failed')}</p>}
      {analysis ? (
        <>
          {analysis.confounds.length > 0 && (
            <ConfoundNotice by={question.by} confounds={analysis.confounds} onBy={setBy} />
          )}
          <VerdictView analysis={analysis} question={question} nameOfLevel={(level) => names.get(level) ?? level} />
          <DifferentLosses overview={overview} question={question} />
          {analysis.confounds.length === 0 && <ConfoundNotice by={question.by} confounds={[]} onBy={setBy} />}
          <LeftOut analysis={analysis} question={question} />
          <NotMain overview={overview} question={question} />
        </>
      ) : (
        <div className="h-24" aria-busy="true" />
      )}
      {overview.factors.length > 0 && (
        <Section title={t('differs')}>
          <FactorTable factors={overview.factors} by={question.by} />
        </Section>
      )}
      {analysis && (
        <Section title={t('levels')}>
          <LevelsSection
            analysis={analysis}
            question={question}
            looks={looks}
            lookOf={lookOf}
            nameOf={nameOf}
            logarithmic={view.log}
            onLogarithmic={(log) => change({ log })}
          />
        </Section>
      )}
      {analysis && canBePlanned(analysis) && (
        <SeedsSection
          target={target}
          question={question}
          difference={view.difference}
          onDifference={(difference) => change({ difference })}
        />
      )}
      <FollowedCurves
        target={target}
        readAt={readAt}
        live={follows}
        by={question.by}
        levels={levels}
        {...(order ? { order } : {})}
      />
      <MatrixSection
        target={target}
        overview={overview}
        question={question}
        analysis={analysis}
        chosen={view.matrix}
        onChoose={(matrix) => change({ matrix })}
      />
      {analysis && overview.factors.filter(({ follows }) => !follows).length > 1 && (
        <EffectsSection effects={analysis.effects} />
      )}
      {analysis && (
        <InsideSection
          overview={overview}
          analysis={analysis}
          looks={looks}
          nameOf={nameOf}
          chosen={view.inside}
          onChoose={(inside) => change({ inside })}
          layer={view.layer}
          onLayer={(layer) => change({ layer })}
        />
      )}
      {analysis && overview.planar && analysis.levels.length > 0 && (
        <BoundariesSection
          target={target}
          overview={overview}
          analysis={analysis}
          looks={looks}
          nameOf={nameOf}
          every={view.every}
          onEvery={(every) => change({ every })}
        />
      )}
      <RelationsSection
        target={target}
        overview={overview}
        question={question}
        lookOf={lookOf}
        x={view.x}
        y={view.y}
        onX={(x) => change({ x })}
        onY={(y) => change({ y })}
        selection={selection}
      />
    </FileSubject>
  );
}

const keyOf = (metric: string): string => askedBy({ by: [], metric }).metric;

const isLive = ({ byStatus }: Overview): boolean => LIVE_STATUSES.some((status) => (byStatus[status] ?? 0) > 0);

/** Whether more seeds could say more: there are levels to compare, and nothing else differs between them. */
const canBePlanned = ({ levels, confounds, verdict }: Analysis): boolean =>
  levels.length > 1 && confounds.length === 0 && verdict.kind !== 'too-many-levels';

/** Whether an answer is to this question, and not to the one before it. */
const answers = ({ metric, by, goal, ...found }: Analysis, question: Question, margin: number | null): boolean =>
  found.margin === margin &&
  metric === question.field &&
  goal === question.goal &&
  by.join('\n') === question.by.join('\n');

/** Said where the compared metric is a loss, and not the same one in all runs. */
function DifferentLosses({ overview, question }: { readonly overview: Overview; readonly question: Question }) {
  const t = useTranslations('comparison');
  const { list } = useStatisticsText();
  const losses = overview.factors.find(({ path }) => isLossPath(path));
  if (!losses || !isLoss(question.metric)) return null;
  return (
    <p className="mt-2 max-w-[48rem] text-caution" data-testid="different-losses">
      {t('differentLosses', { names: list(losses.levels.map(({ value }) => String(value ?? '–'))) })}
    </p>
  );
}

/** Which runs do not count, and why. */
function LeftOut({ analysis, question }: { readonly analysis: Analysis; readonly question: Question }) {
  const t = useTranslations('comparison');
  const statuses = useTranslations('status');
  const { observed, leftOut } = analysis;
  const diverged = analysis.levels.reduce((sum, level) => sum + level.diverged, 0);
  const never = analysis.levels.reduce((sum, level) => sum + level.never, 0);
  const reasons = [
    ...Object.entries(leftOut.byStatus).map(([status, count]) =>
      t('leftOutStatus', { count, status: statuses(status as keyof typeof leftOut.byStatus) }),
    ),
    ...(leftOut.withoutMetric > 0
      ? [t('leftOutMetric', { count: leftOut.withoutMetric, metric: question.metric })]
      : []),
  ];
  return (
    <p className="mt-1 max-w-[48rem] text-small text-muted" data-testid="left-out">
      {t('counted', { count: observed })}
      {diverged > 0 && ` ${t('diverged', { count: diverged })}`}
      {never > 0 && ` ${t('neverReached', { count: never })}`}
      {reasons.length > 0 && ` ${t('leftOut', { reasons: reasons.join(t('reasonSeparator')) })}`}
    </p>
  );
}

/** Said where another metric is compared than the one that says most of how well these runs do. */
function NotMain({ overview, question }: { readonly overview: Overview; readonly question: Question }) {
  const t = useTranslations('comparison');
  const { metricWord } = useStatisticsText();
  const main = mainMetricOf(overview.metrics);
  if (main === null || main === question.metric) return null;
  return (
    <p className="mt-1 max-w-[48rem] text-small text-muted" data-testid="not-main">
      {t('notMain', { main: metricWord(main, 'last') })}
    </p>
  );
}
