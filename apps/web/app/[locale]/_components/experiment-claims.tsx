'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { ClaimList } from '#src/components/ui/claim-list.tsx';
import { Section } from '#src/components/ui/section.tsx';
import { useFormat } from '#src/i18n/use-format.ts';
import type { Experiment } from '#src/server/schemas.ts';
import { isAnswered } from './answer-input.ts';

interface Props {
  readonly experiment: Pick<Experiment, 'id' | 'runs' | 'byStatus'>;
}

/** What the runs say of each claim of their study, judged anew whenever another run has ended. */
export function ExperimentClaims({ experiment: { id, runs, byStatus } }: Props) {
  const t = useTranslations('claims');
  const { locale, moment } = useFormat();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const options = trpc.experiments.claims.queryOptions(
    { experimentId: id },
    { enabled: isAnswered(runs), staleTime: Number.POSITIVE_INFINITY, placeholderData: keepPreviousData },
  );
  const { data } = useQuery(options);
  const sign = `${runs} ${byStatus.finished ?? 0}`;
  const seen = useRef(sign);
  useEffect(() => {
    if (seen.current === sign) return;
    seen.current = sign;
    void queries.invalidateQueries({ queryKey: trpc.experiments.claims.pathKey() });
  }, [sign, queries, trpc]);
  if (!data || data.runs === 0 || data.at === null) return null;
  const language = locale === 'zh' ? 'zh' : 'en';
  const note = t('basis', { runs: data.runs, seeds: data.seeds, date: moment(data.at) });
  return (
    <Section title={t('title')} note={note}>
      <ClaimList
        claims={data.claims.map(({ claim, outcome, verdict }) => ({
          outcome,
          claim: claim[language],
          verdict: verdict[language],
        }))}
        words={{ shown: t('shown'), refuted: t('refuted'), undecided: t('undecided') }}
      />
    </Section>
  );
}
