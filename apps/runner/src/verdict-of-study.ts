import type { Demonstration, Study, StudyVerdict } from '@whorl/core';
import { colour } from './colour.ts';
import { columnsOf, padEnd, wrap } from './layout.ts';
import { inLanguage, words } from './messages/index.ts';
import { printLine } from './output.ts';

const WIDEST = 100;
const TITLE_WIDTH = 14;

const width = (): number => Math.min(WIDEST, columnsOf(process.stdout));

/** `supported`, `not supported`, `not enough runs`. */
export function supportWord(supported: boolean | null): string {
  const { course } = words();
  return supported === null ? course.notEnough : supported ? course.supported : course.notSupported;
}

export const supportColour = (supported: boolean | null): ((text: string) => string) =>
  supported === null ? colour.yellow : supported ? colour.green : colour.red;

export function printDemonstrations({ title }: Study, demonstrations: readonly Demonstration[]): void {
  printLine(colour.bold(inLanguage(title)));
  const indent = ' '.repeat(TITLE_WIDTH + 5);
  for (const { title: what, code, output, holds } of demonstrations) {
    const name = padEnd(inLanguage(what), TITLE_WIDTH);
    printLine(`  ${holds ? colour.green('✓') : colour.red('✗')} ${name} ${colour.cyan(code)}`);
    for (const line of wrap(inLanguage(output), width() - indent.length)) printLine(`${indent}${line}`);
  }
  printLine();
}

/** A study's claims, what becomes of each, and the numbers that say so. */
export function printVerdict({ id }: Study, { claims }: StudyVerdict, url: string | null): void {
  printLine(`${colour.bold(id)}${url === null ? '' : `  ${colour.dim(url)}`}`);
  for (const { claim, supported, verdict } of claims) {
    const said = `${supportWord(supported)}${words().course.colon}`;
    const [first = '', ...others] = wrap(said + inLanguage(claim), width() - 2);
    printLine(`  ${first.replace(supportWord(supported), supportColour(supported))}`);
    for (const line of others) printLine(`  ${line}`);
    for (const line of wrap(inLanguage(verdict), width() - 4)) printLine(`    ${colour.dim(line)}`);
  }
  printLine();
}
