'use client';

import { type ReactNode, useCallback } from 'react';
import { useTranslations } from 'use-intl/react';
import { FileSubject } from '#src/charts/file-subject.ts';
import type { Analysis, Overview } from '#src/contract/comparison.ts';
import type { Question } from '#src/contract/question.ts';
import type { Target } from '#src/contract/target.ts';
import { FollowedCurves } from '#src/features/curves/followed-curves.tsx';
import { OwnMetrics } from '#src/i18n/own-metrics.ts';
import { Section } from '#src/ui/section.tsx';
import { BadView } from '#src/view/bad-view.tsx';
import { useView } from '#src/view/use-view.ts';
import { canBePlanned, isSameMetric } from './model/answered.ts';
import { COMPARISON_VIEW } from './model/view-fields.ts';
import { VerdictView } from './verdict.tsx';
import { DifferentLosses, NotMain, RunsLeftOut } from './views/answer-notes.tsx';
import { BoundariesSection } from './views/boundaries-section.tsx';
import { CompareHeader } from './views/compare-header.tsx';
import { ComparedMedia } from './views/compared-media.tsx';
import { ConfoundNotice } from './views/confound-notice.tsx';
import { EffectsSection } from './views/effects-section.tsx';
import { FactorTable } from './views/factor-table.tsx';
import { InsideSection } from './views/inside-section.tsx';
import { LevelsSection } from './views/levels-section.tsx';
import { MatrixSection } from './views/matrix-section.tsx';
import { QuestionBar } from './views/question-bar.tsx';
import { RelationsSection } from './views/relations-section.tsx';
import { SeedsSection } from './views/seeds-section.tsx';
import { type FirstAnswers, useAnalysis, useOverview } from './views/use-analysis.ts';
import { useLevelLooks } from './views/use-level-looks.ts';
import { useComparedSelection } from './views/use-selection.ts';

interface Props extends FirstAnswers {
  readonly target: Target;
  /** Controls of the page, beside its title. */
  readonly actions?: ReactNode;
}

/** Compares any number of runs: in what they differ, what effect that has, and how it came about. */
export function CompareView(props: Props) {
  return (
    <OwnMetrics value={props.overview.ownMetrics}>
      <Compared {...props} />
    </OwnMetrics>
  );
}

function Compared({ target, overview: firstOverview, analysis: firstAnalysis, actions }: Props) {
  const t = useTranslations('comparison');
  const { view, change, bad } = useView(COMPARISON_VIEW);
  const { overview, readAt, follows } = useOverview(target, firstOverview);
  const { question, analysis, isError } = useAnalysis(target, view, overview, firstAnalysis);
  const { levels, lookOf, looks, order, nameOfLevel, nameOf } = useLevelLooks(question.by, overview, analysis);
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
        onMetric={(metric) => change({ metric, goal: isSameMetric(metric, question.field) ? view.goal : '' }, 'push')}
        onGoal={(goal) => change({ goal }, 'push')}
        margin={view.margin}
        onMargin={(margin) => change({ margin })}
      />
      {isError && <p className="mt-4 text-alarm">{t('failed')}</p>}
      {analysis ? (
        <AnswerHead {...{ overview, analysis, question, nameOfLevel }} onBy={setBy} />
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
      {analysis && <Workings {...{ target, overview, analysis, looks, nameOf, view, change }} />}
      <ComparedMedia target={target} overview={overview} />
      <RelationsSection
        target={target}
        overview={overview}
        question={question}
        lookOf={lookOf}
        x={view.across}
        y={view.up}
        onX={(across) => change({ across })}
        onY={(up) => change({ up })}
        selection={selection}
      />
    </FileSubject>
  );
}

/** How the results came about: what went through the layers, and the decision boundaries. */
function Workings({ target, overview, analysis, looks, nameOf, view, change }: WorkingsProps) {
  return (
    <>
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
      {overview.planar && analysis.levels.length > 0 && (
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
    </>
  );
}

type CompareState = ReturnType<typeof useView<typeof COMPARISON_VIEW>>;

interface WorkingsProps
  extends Pick<CompareState, 'view' | 'change'>,
    Pick<ReturnType<typeof useLevelLooks>, 'looks' | 'nameOf'> {
  readonly target: Target;
  readonly overview: Overview;
  readonly analysis: Analysis;
}

/** The verdict, with notes that a reader should know. */
function AnswerHead({ overview, analysis, question, nameOfLevel, onBy }: AnswerProps) {
  const { confounds } = analysis;
  return (
    <>
      {confounds.length > 0 && <ConfoundNotice by={question.by} confounds={confounds} onBy={onBy} />}
      <VerdictView analysis={analysis} question={question} nameOfLevel={nameOfLevel} />
      <DifferentLosses overview={overview} question={question} />
      {confounds.length === 0 && <ConfoundNotice by={question.by} confounds={[]} onBy={onBy} />}
      <RunsLeftOut analysis={analysis} question={question} />
      <NotMain overview={overview} question={question} />
    </>
  );
}

interface AnswerProps {
  readonly overview: Overview;
  readonly analysis: Analysis;
  readonly question: Question;
  readonly nameOfLevel: (level: string) => string;
  readonly onBy: (by: readonly string[]) => void;
}
