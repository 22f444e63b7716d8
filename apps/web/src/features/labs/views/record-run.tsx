'use client';

import { LONGEST_NAME } from '@whorl/core';
import { useId, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { MOST_RECORDED_STEPS } from '#src/contract/recording.ts';
import type { Locale } from '#src/i18n/locales.ts';
import { PageLink } from '#src/ui/page-link.tsx';
import type { RecordAll, RecordingOfAll } from '../model/recorder.ts';
import { useRecorder } from './use-recorder.ts';

interface Props extends Pick<RecordAll, 'defaults' | 'all'> {
  /** Updates of the whole training; 0 where it is not known yet. */
  readonly steps: number;
}

/** Records what is set as a run for each seed: in the experiment of its study, or in the one that the reader names. */
export function RecordRun({ defaults, all, steps }: Props) {
  const t = useTranslations('labs.record');
  const id = useId();
  const [name, setName] = useState<string>(defaults.study);
  const experiment = name.trim() || defaults.study;
  const { state, record, cancel } = useRecorder({ defaults, all, experiment });
  const isBusy = state.phase === 'looking' || state.phase === 'training' || state.phase === 'saving';
  const isTooLong = steps > MOST_RECORDED_STEPS;
  return (
    <section aria-labelledby={`${id}-title`} className="mt-8" data-record={state.phase}>
      <h2 id={`${id}-title`} className="mb-2 font-medium">
        {t('title')}
      </h2>
      <p className="mb-3 text-small text-muted">{t('note')}</p>
      <form
        className="flex flex-wrap items-end gap-x-4 gap-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          record();
        }}
      >
        <div className="min-w-0">
          <label htmlFor={`${id}-name`} className="mb-1 block text-small text-muted">
            {t('experiment')}
          </label>
          <input
            id={`${id}-name`}
            className="field w-56 max-w-full"
            autoComplete="off"
            maxLength={LONGEST_NAME}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </div>
        {isBusy ? (
          <button type="button" className="button" onClick={cancel}>
            {t('cancel')}
          </button>
        ) : (
          <button type="submit" className="button" disabled={isTooLong}>
            {t('button')}
          </button>
        )}
      </form>
      <div className="mt-3 min-h-6 text-small" role="status">
        {isTooLong ? t('tooLong', { steps: String(steps), most: String(MOST_RECORDED_STEPS) }) : <Said state={state} />}
      </div>
    </section>
  );
}

function Said({ state }: { readonly state: RecordingOfAll }) {
  const t = useTranslations('labs.record');
  const { runHref, experimentHref } = useReach();
  const locale = useLocale() as Locale;
  switch (state.phase) {
    case 'idle':
      return null;
    case 'training':
      return t('training', { seed: String(state.seed), done: String(state.done), steps: String(state.steps) });
    case 'failed':
      return <span className="text-alarm">{t('failed', { reason: state.said[locale] })}</span>;
    case 'recorded': {
      const [first] = state.runs;
      return state.runs.map(({ runId, isNew, seed }) => (
        <p key={runId}>
          {t.rich(isNew ? 'recorded' : 'already', {
            seed: String(seed),
            run: (text) => (
              <PageLink className="link" href={runHref(runId)}>
                {text}
              </PageLink>
            ),
            experiment: (text) => (
              <PageLink className="link" href={experimentHref?.(first?.experimentId ?? '') ?? ''}>
                {text}
              </PageLink>
            ),
          })}
        </p>
      ));
    }
    default:
      return t(state.phase);
  }
}
