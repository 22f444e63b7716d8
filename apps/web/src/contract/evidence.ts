import type { Summary } from '@whorl/core';
import type { Claims } from './claims.ts';

interface NamedExperiment {
  readonly id: string;
  readonly name: string;
}

/** What is recorded of a study: the experiment that judges its claims. */
export interface StudyEvidence {
  readonly experiment: NamedExperiment;
  readonly claims: Claims;
}

/** A configuration: its recorded results, and what the course reports. */
export interface EvidenceRow {
  readonly label: string;
  readonly measured: Summary | null;
  readonly reported: number | null;
}

export interface ConceptEvidence {
  readonly experiment: NamedExperiment;
  readonly rows: readonly EvidenceRow[];
}
