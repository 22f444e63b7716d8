import { buildConfig, flatten, type Study, statedNumber, type TrainingStudy } from '@whorl/core';
import type { RunRecord, Store } from '@whorl/store';
import type { ConceptRecord } from '#src/contract/evidence.ts';
import { evidenceOf } from './claims.ts';
import { PAGE_FIGURES } from './page-figures.ts';

/** What a concept page shows of the record: the evidence of its study, and the numbers that its sentences state. */
export async function conceptRecord(store: Store, study: Study): Promise<ConceptRecord> {
  const found = await evidenceOf(store, study);
  if (!found) return { evidence: null, figures: {} };
  const { runs, ...evidence } = found;
  return { evidence, figures: study.kind === 'training' ? figuresOf(study, runs) : {} };
}

/** The stated numbers that have runs. */
function figuresOf(study: TrainingStudy, runs: readonly RunRecord[]): ConceptRecord['figures'] {
  return Object.fromEntries(
    Object.entries(PAGE_FIGURES[study.id] ?? {}).flatMap(([name, stated]) => {
      const number = statedNumber(study, runs, stated);
      if (!number) return [];
      const params = flatten(buildConfig(study.defaults, stated.values));
      const values = study.factors.map((path) => params[path] ?? null);
      const { summary, without, isContradicted } = number;
      return [[name, { mean: summary?.mean ?? null, n: summary?.n ?? 0, without, isContradicted, values }]];
    }),
  );
}
