import path from 'node:path';
import { ConfigError, type Language } from '@whorl/core';
import { courseAnswers, courseWriteup, missingIn } from '@whorl/core/writeup';
import { words } from '../messages/index.ts';
import { language } from '../messages/language.ts';
import { inRecord } from '../record/record.ts';
import { colour } from '../terminal/colour.ts';
import { note, printJson, printLine, printSentences } from '../terminal/output.ts';
import { htmlFile, markdownFiles } from '../writeup/writeup-files.ts';
import { writeWriteupFolder } from '../writeup/writeup-folder.ts';

interface ReportOptions {
  readonly for: string;
  readonly lang?: string;
  readonly to: string;
  readonly replace?: boolean;
  readonly json?: boolean;
}

const FORMS = ['csdn', 'markdown', 'html'] as const;
const LANGUAGES: readonly Language[] = ['en', 'zh'];

/** `whorl report`: writes what the record says as a report to hand in, in a folder of its own. */
export async function report(targets: readonly string[], options: ReportOptions): Promise<void> {
  const form = oneOf(FORMS, options.for, '--for');
  const lang = options.lang === undefined ? language() : oneOf(LANGUAGES, options.lang, '--lang');
  const folder = path.resolve(options.to);
  await inRecord(async (store) => {
    if (targets.length > 1 || targets[0] !== 'course') throw new ConfigError('report', words().report.target);
    const writeupIn = async (of: Language) => courseWriteup(await courseAnswers(store, of), of);
    const { writeup, files, notes } = await (form === 'html'
      ? htmlFile(await writeupIn(lang))
      : markdownFiles(writeupIn, lang, form));
    const aside = writeWriteupFolder(folder, files, { replace: options.replace ?? false });
    const missing = missingIn(writeup);
    if (options.json) return printJson({ folder, files: [...files.keys()], aside, missing, notes });
    printLine(words().report.written(path.join(folder, `report.${form === 'html' ? 'html' : 'md'}`)));
    if (aside !== null) printLine(words().report.aside(aside));
    for (const one of notes) note(words().report.pictures[one]);
    if (missing.length === 0) return;
    printSentences(`\n${words().report.missing(missing.length)}`);
    for (const command of new Set(missing.flatMap(({ commands }) => commands))) printLine(`  ${colour.cyan(command)}`);
  });
}

/** @throws ConfigError naming what is allowed */
function oneOf<T extends string>(allowed: readonly T[], came: string, option: string): T {
  const found = allowed.find((one) => one === came);
  if (found !== undefined) return found;
  throw new ConfigError(option, words().report.oneOf(allowed.join(', '), came));
}
