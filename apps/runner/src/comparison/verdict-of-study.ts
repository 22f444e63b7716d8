import {
  type Demonstration,
  type Judgement,
  type Outcome,
  outcomeOf,
  type Study,
  type StudyVerdict,
} from '@whorl/core';
import { inLanguage, words } from '../messages/index.ts';
import { colour } from '../terminal/colour.ts';
import { displayWidth, padEnd, terminalColumns, wrap } from '../terminal/layout.ts';
import { printLine } from '../terminal/output.ts';

const WIDEST = 100;

const width = (): number => Math.min(WIDEST, terminalColumns(process.stdout));

/** The word for an outcome (shown, refuted, undecided) in the reader's language. */
export const outcomeWord = (judged: Pick<Judgement, 'supported'>): string => words().course.outcomes[outcomeOf(judged)];

const COLOURS = { shown: colour.green, refuted: colour.red, undecided: colour.yellow } satisfies Record<
  Outcome,
  unknown
>;

export const outcomeColour = (judged: Pick<Judgement, 'supported'>): ((text: string) => string) =>
  COLOURS[outcomeOf(judged)];

export function printDemonstrations({ title }: Study, demonstrations: readonly Demonstration[]): void {
  printLine(colour.bold(inLanguage(title)));
  const titleWidth = Math.max(...demonstrations.map(({ title: what }) => displayWidth(inLanguage(what))));
  const indent = ' '.repeat(titleWidth + 5);
  for (const { title: what, code, output, holds } of demonstrations) {
    const name = padEnd(inLanguage(what), titleWidth);
    printLine(`  ${holds ? colour.green('✓') : colour.red('✗')} ${name} ${colour.cyan(code)}`);
    for (const line of wrap(inLanguage(output), width() - indent.length)) printLine(`${indent}${line}`);
  }
  printLine();
}

/** Prints each claim of a study with its outcome and the numbers behind it. */
export function printVerdict({ id }: Study, { claims }: StudyVerdict, url: string): void {
  printLine(`${colour.bold(id)}  ${colour.dim(url)}`);
  for (const judged of claims) {
    const said = `${outcomeWord(judged)}${words().course.colon}`;
    const [first = '', ...others] = wrap(said + inLanguage(judged.claim), width() - 2);
    printLine(`  ${first.replace(outcomeWord(judged), outcomeColour(judged))}`);
    for (const line of others) printLine(`  ${line}`);
    for (const line of wrap(inLanguage(judged.verdict), width() - 4)) printLine(`    ${colour.dim(line)}`);
  }
  printLine();
}
