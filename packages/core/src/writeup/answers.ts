import { STUDIES } from '../studies/index.ts';
import { findStudyEvidence, type StudyRecord } from '../studies/study-evidence.ts';
import type { Language } from '../text/text.ts';
import type { WriteupRun } from './exhibits/measured-runs.ts';
import type { SeriesSource } from './figures/series-source.ts';
import { studyFigures } from './figures/study-figures.ts';
import type { ShownThen, StudyAnswer } from './study-section.ts';

/** What a report reads of a record; the store has it. */
export interface WriteupRecord extends StudyRecord<WriteupRun, ShownThen>, SeriesSource {
  readonly runs: StudyRecord<WriteupRun, ShownThen>['runs'] & {
    /** The number of the launch in which each of some runs was begun. */
    launches(ids: readonly string[]): ReadonlyMap<string, number>;
  };
}

/** The answer of a record to each study, in the order of the course. */
export async function courseAnswers(record: WriteupRecord, language: Language): Promise<StudyAnswer[]> {
  const answers: StudyAnswer[] = [];
  for (const study of STUDIES) {
    const found = await findStudyEvidence(record, study);
    answers.push({ study, found, figures: await studyFigures(record, study, found?.plan.runs ?? [], language) });
  }
  return answers;
}
