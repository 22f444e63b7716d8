'use client';

import { FEWEST_PAIRS, isComplete } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import type { Claims } from '#src/contract/claims.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { ClaimList } from '#src/ui/claim-list.tsx';
import { DemonstrationList } from '#src/ui/demonstration-list.tsx';

interface Props {
  readonly claims: Claims;
}

/** What the claims are judged by, and when it was recorded. */
export function ClaimsNote({ claims: { at, shown, scale, runs, seeds, complete, configurations } }: Props) {
  const t = useTranslations('claims');
  const { moment } = useFormat();
  return [
    at && t('basis', { scale, runs, seeds, date: moment(at) }),
    at &&
      !isComplete({ complete, configurations }) &&
      t('incomplete', { complete, configurations, least: FEWEST_PAIRS }),
    shown && t('demonstrated', { count: shown.demonstrations.length, engine: shown.engine, date: moment(shown.at) }),
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join(t('between'));
}

/** A study's claims with their outcomes, and its demonstrations. */
export function ClaimsView({ claims: { claims, shown } }: Props) {
  const t = useTranslations('claims');
  const { locale } = useFormat();
  const language = locale === 'zh' ? 'zh' : 'en';
  return (
    <>
      <ClaimList
        claims={claims.map(({ claim, outcome, verdict }) => ({
          outcome,
          claim: claim[language],
          verdict: verdict[language],
        }))}
        words={{ shown: t('shown'), refuted: t('refuted'), undecided: t('undecided') }}
      />
      {shown && (
        <DemonstrationList
          demonstrations={shown.demonstrations.map(({ title, output, ...rest }) => ({
            ...rest,
            title: title[language],
            output: output[language],
          }))}
          words={{ title: t('demonstrations'), holds: t('holds'), fails: t('fails') }}
        />
      )}
    </>
  );
}
