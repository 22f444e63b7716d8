import { STUDIES } from '@whorl/core';
import { inLanguage, words } from '../messages/index.ts';
import { colour } from '../terminal/colour.ts';
import { printJson, printLine, printTable } from '../terminal/output.ts';

/** `whorl studies`: what can be run, and the question that each answers. */
export function studies({ json }: { json?: boolean }): void {
  if (json) {
    printJson({
      studies: STUDIES.map((study) => ({
        id: study.id,
        title: study.title.en,
        question: study.question.en,
        claims: study.claims.map(({ text }) => text.en),
        ...(study.kind === 'training' ? { factors: study.factors, defaults: study.defaults } : {}),
      })),
    });
    return;
  }
  const { heads, studies: t } = words();
  printTable(STUDIES, [
    { head: heads.study, cell: ({ id }) => id, style: colour.bold },
    { head: heads.question, cell: ({ question }) => inLanguage(question), narrow: 'wrap' },
  ]);
  printLine(`\n${colour.dim(t.runOne)} whorl run spiral${colour.dim(t.orAll)} whorl course`);
}
