'use client';

import { type Goal, goalOf, type MetricPart } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import type { Overview } from '#src/contract/comparison.ts';
import { metricField, type Question } from '#src/contract/question.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { PositiveNumber } from './positive-number.tsx';

interface Props {
  readonly overview: Overview;
  readonly question: Question;
  readonly onBy: (by: readonly string[]) => void;
  readonly onMetric: (field: string) => void;
  readonly margin: number | null;
  readonly onMargin: (margin: number | null) => void;
  readonly onGoal: (goal: Goal | '') => void;
}

const PARTS: readonly MetricPart[] = ['last', 'min', 'max'];
const MOST_FACTORS = 4;

/** Chooses the question: factors, one select for each, and the metric. */
export function QuestionBar({ overview, question, onBy, onMetric, onGoal, margin, onMargin }: Props) {
  const t = useTranslations('comparison');
  const { metricName } = useFormat();
  const { by, metric, part, goal } = question;
  const free = overview.factors.filter(({ path }) => !by.includes(path));
  const set = (at: number, path: string) =>
    onBy(path === '' ? by.filter((_, i) => i !== at) : [...by.slice(0, at), path, ...by.slice(at + 1)]);
  return (
    <div className="mt-6 flex flex-wrap items-center gap-x-3 gap-y-2" data-testid="question">
      <span className="text-small text-muted">{t('compareBy')}</span>
      {by.map((path, at) => (
        <select
          key={path}
          className="field max-w-full min-w-0 font-mono"
          aria-label={t('factorNth', { nth: at + 1 })}
          value={path}
          onChange={(event) => set(at, event.target.value)}
        >
          {by.length > 1 && <option value="">{t('noFactor')}</option>}
          <option value={path}>{path}</option>
          {free.map((factor) => (
            <option key={factor.path} value={factor.path}>
              {factor.path}
            </option>
          ))}
        </select>
      ))}
      {free.length > 0 && by.length < MOST_FACTORS && by.length > 0 && (
        <select
          className="field max-w-full min-w-0 print:hidden"
          aria-label={t('addFactor')}
          value=""
          onChange={(event) => event.target.value !== '' && set(by.length, event.target.value)}
        >
          <option value="">{t('andFactor')}</option>
          {free.map(({ path }) => (
            <option key={path} value={path}>
              {path}
            </option>
          ))}
        </select>
      )}
      {by.length === 0 && <span className="text-small">{t('nothingVaries')}</span>}
      {/* On a narrow screen the label starts the line of its select. */}
      <span className="flex max-w-full min-w-0 items-center gap-x-3">
        <span className="flex-none text-small text-muted sm:ml-2">{t('inMetric')}</span>
        <select
          className="field max-w-full min-w-0"
          aria-label={t('metric')}
          value={metric}
          onChange={(event) => onMetric(metricField(event.target.value, part))}
        >
          {!overview.metrics.includes(metric) && <option value={metric}>{metricName(metric)}</option>}
          {overview.metrics.map((key) => (
            <option key={key} value={key}>
              {metricName(key)}
            </option>
          ))}
        </select>
      </span>
      <select
        className="field"
        aria-label={t('part')}
        value={part}
        onChange={(event) => onMetric(metricField(metric, event.target.value as MetricPart))}
      >
        {PARTS.map((item) => (
          <option key={item} value={item}>
            {t(`parts.${item}`)}
          </option>
        ))}
      </select>
      {(goalOf(metric) === null || goal !== goalOf(metric)) && (
        <select
          className="field"
          aria-label={t('goal')}
          value={goal ?? ''}
          onChange={(event) => onGoal(event.target.value as Goal | '')}
        >
          {goalOf(metric) === null && <option value="">{t('goals.none')}</option>}
          <option value="highest">{t('goals.highest')}</option>
          <option value="lowest">{t('goals.lowest')}</option>
        </select>
      )}
      <PositiveNumber
        key={margin}
        label={t('margin')}
        title={t('marginNote')}
        placeholder="0.01"
        value={margin}
        onValue={onMargin}
      />
    </div>
  );
}
