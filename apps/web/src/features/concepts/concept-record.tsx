'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { ConceptRecord } from '#src/contract/evidence.ts';
import { useFollow } from '#src/live/live-provider.tsx';

/** What is recorded of a page's study. */
export interface PageRecord extends ConceptRecord {
  readonly study: string;
  /** Whether the study trains runs, and does not only show something. */
  readonly trains: boolean;
}

const RecordContext = createContext<PageRecord | null>(null);

type Prediction = readonly [text: string | null, predict: (text: string | null) => void];
const PredictionContext = createContext<Prediction>([null, () => {}]);

interface Props extends Pick<PageRecord, 'study' | 'trains'> {
  /** As the server read it. */
  readonly first: ConceptRecord;
  readonly readAt: number;
  readonly children: ReactNode;
}

/** Keeps what a concept page says of the record up to date: one question for all parts of the page. */
export function ConceptRecordProvider({ study, trains, first, readAt, children }: Props) {
  const trpc = useTRPC();
  const { data = first } = useQuery(
    trpc.concepts.record.queryOptions(
      { study },
      {
        initialData: first,
        initialDataUpdatedAt: readAt,
        staleTime: Number.POSITIVE_INFINITY,
        placeholderData: keepPreviousData,
      },
    ),
  );
  useFollow({ since: readAt, list: true });
  const prediction = useState<string | null>(null);
  return (
    <RecordContext value={{ ...data, study, trains }}>
      <PredictionContext value={prediction}>{children}</PredictionContext>
    </RecordContext>
  );
}

/** What is recorded of the page's study; null where the page has none. */
export const useConceptRecord = (): PageRecord | null => useContext(RecordContext);

/** What the reader predicted on this page, in the words of the option; null where nothing. */
export const usePrediction = (): Prediction => useContext(PredictionContext);
