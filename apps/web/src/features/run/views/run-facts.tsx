'use client';

import { goalOf, mainPairOf } from '@whorl/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Run } from '#src/contract/schemas.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { StatusMark } from '#src/ui/status-mark.tsx';
import type { RunProgress } from './use-run-progress.ts';

interface Props {
  readonly run: Run;
  readonly progress: RunProgress;
}

/** The most important facts about a run. Each has its place, whether it is known or not. */
export function RunFacts({ run, progress: { steps, total, left } }: Props) {
  const t = useTranslations('run');
  const { metric, metricName, duration, moment } = useFormat();
  const ended = run.status !== 'running';
  const best = (key: string): ReactNode => {
    const found = run.metrics.find((item) => item.key === key);
    // A metric that was measured once has no range.
    if (!found || found.count < 2) return null;
    const [value, step, word] =
      goalOf(key) === 'highest'
        ? [found.max, found.maxStep, 'highest' as const]
        : [found.min, found.minStep, 'lowest' as const];
    return step !== null && t(word, { value: metric(value), step: String(step) });
  };
  const facts: readonly { readonly name: string; readonly content: ReactNode; readonly more?: ReactNode }[] = [
    {
      name: t('status'),
      content: <StatusMark status={run.status} stopping={run.stopRequestedAt !== null} />,
    },
    ...mainPairOf(run.metrics.map(({ key }) => key)).map((key) => {
      const last = run.metrics.find((item) => item.key === key)?.last;
      return {
        name: metricName(key),
        content: last === undefined ? '–' : <Measured value={last} text={metric(last)} />,
        more: best(key),
      };
    }),
    {
      name: t('steps'),
      content: total === null ? String(steps) : t('stepsOf', { steps: String(steps), total: String(total) }),
      more: !ended && total !== null && <Bar share={steps / total} />,
    },
    ended
      ? { name: t('duration'), content: run.durationMs === null ? '–' : duration(run.durationMs) }
      : run.newsAt !== null
        ? { name: t('news'), content: moment(run.newsAt) } // for other programs the total number of steps is unknown
        : { name: t('left'), content: left === null ? '–' : duration(roughly(left)) },
    ...(run.seed === null ? [] : [{ name: t('seed'), content: String(run.seed) }]),
    ...(run.engine === null
      ? []
      : [
          {
            name: t('engine'),
            content: [run.engine, run.mode === 'compiled' || run.mode === 'eager' ? t(`mode.${run.mode}`) : run.mode]
              .filter(Boolean)
              .join(', '),
          },
        ]),
    { name: t('started'), content: run.startedAt ? moment(run.startedAt) : '–' },
    ...(run.source === 'whorl' ? [] : [{ name: t('source'), content: t(`sources.${run.source}`) }]),
  ];
  return (
    <dl
      className="mt-4 grid grid-cols-2 gap-x-8 gap-y-4 sm:grid-cols-4 xl:flex xl:flex-wrap"
      data-steps={steps}
      data-total={total ?? ''}
    >
      {facts.map(({ name, content, more }) => (
        <div key={name} className="min-w-0">
          <dt className="text-small text-muted">{name}</dt>
          <dd className="tabular-nums">{content}</dd>
          {more && <dd className="text-small text-muted tabular-nums">{more}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** A value that is not a number has another colour, as in tables. */
const Measured = ({ value, text }: { readonly value: number; readonly text: string }) => (
  <span className={Number.isFinite(value) ? undefined : 'text-caution'}>{text}</span>
);

/** Rounds a remaining time according to its precision: to seconds, tens of seconds, then minutes. */
function roughly(ms: number): number {
  const unit = ms < 20_000 ? 1_000 : ms < 90_000 ? 10_000 : 60_000;
  return Math.max(1, Math.round(ms / unit)) * unit;
}

function Bar({ share }: { readonly share: number }) {
  return (
    <span className="mt-2 block h-[2px] bg-line" aria-hidden="true">
      <span className="block h-full bg-accent" style={{ width: `${100 * Math.min(1, share)}%` }} />
    </span>
  );
}
