import type { Summary } from '@whorl/core';
import type { Claims } from './claims.ts';

interface NamedExperiment {
  readonly id: string;
  readonly name: string;
}

/** What is recorded of a study: the experiment by which its claims are judged. */
export interface StudyEvidence {
  readonly experiment: NamedExperiment;
  readonly claims: Claims;
}

/** One configuration: what was measured here, and what the course says of it. */
export interface EvidenceRow {
  readonly label: string;
  readonly measured: Summary | null;
  readonly reported: number | null;
}

export interface ConceptEvidence {
  readonly experiment: NamedExperiment;
  readonly rows: readonly EvidenceRow[];
}
