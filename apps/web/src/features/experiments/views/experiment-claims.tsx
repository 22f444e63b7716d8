'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { MOST_ANSWERED } from '#src/contract/answer-input.ts';
import type { Experiment } from '#src/contract/schemas.ts';
import { ClaimsNote, ClaimsView } from '#src/features/concepts/claims-view.tsx';
import { Section } from '#src/ui/section.tsx';

interface Props {
  readonly experiment: Pick<Experiment, 'id' | 'runs'>;
}

/** The outcome of each of the study's claims, judged again whenever a run has ended or a demonstration was recorded. */
export function ExperimentClaims({ experiment: { id, runs } }: Props) {
  const t = useTranslations('claims');
  const trpc = useTRPC();
  const options = trpc.experiments.claims.queryOptions(
    { experimentId: id },
    { enabled: runs <= MOST_ANSWERED, staleTime: Number.POSITIVE_INFINITY, placeholderData: keepPreviousData },
  );
  const { data } = useQuery(options);
  if (!data || (data.at === null && data.shown === null)) return null;
  return (
    <Section title={t('title')} note={<ClaimsNote claims={data} />}>
      <ClaimsView claims={data} />
    </Section>
  );
}
