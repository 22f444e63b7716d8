import type { Demonstration, Study, StudyVerdict } from '@whorl/core';
import { colour } from './colour.ts';
import { printLine } from './output.ts';

const WIDTH = 100;

/** `supported`, `not supported`, `not enough runs`. */
export function supportWord(supported: boolean | null): string {
  if (supported === null) return colour.yellow('not enough runs');
  return supported ? colour.green('supported') : colour.red('not supported');
}

export function printDemonstrations({ title }: Study, demonstrations: readonly Demonstration[]): void {
  printLine(colour.bold(title.en));
  for (const { title: what, code, output, holds } of demonstrations) {
    printLine(`  ${holds ? colour.green('✓') : colour.red('✗')} ${what.en.padEnd(14)} ${colour.cyan(code)}`);
    for (const line of wrapped(output.en, WIDTH - 19)) printLine(`${' '.repeat(19)}${line}`);
  }
  printLine();
}

/** A study's claims, what becomes of each, and the numbers that say so. */
export function printVerdict({ id }: Study, { claims }: StudyVerdict, url: string | null): void {
  printLine(`${colour.bold(id)}${url === null ? '' : `  ${colour.dim(url)}`}`);
  for (const { claim, supported, verdict } of claims) {
    printLine(`  ${supportWord(supported)}: ${claim.en}`);
    for (const line of wrapped(verdict.en, WIDTH - 4)) printLine(`    ${colour.dim(line)}`);
  }
  printLine();
}

/** Lines of at most `width` characters, broken between words; a line that goes on is indented. */
function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    for (const word of line.split(' ')) {
      const current = lines.at(-1);
      if (current !== undefined && current.length + 1 + word.length <= width)
        lines[lines.length - 1] = `${current} ${word}`;
      else lines.push(lines.length === 0 ? word : `  ${word}`);
    }
    return lines;
  });
}
