import { STUDIES } from '@whorl/core';
import { colour } from '../colour.ts';
import { printJson, printLine, table } from '../output.ts';

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
  printLine(
    table(STUDIES, [
      { head: 'study', cell: ({ id }) => colour.bold(id) },
      { head: 'question', cell: ({ question }) => question.en },
    ]),
  );
  printLine(`\n${colour.dim('run one:')} whorl run spiral${colour.dim(', or all of them:')} whorl run course`);
}
