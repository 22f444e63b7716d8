import path from 'node:path';
import { ConfigError, type Language } from '@whorl/core';
import { courseAnswers, courseWriteup, experimentWriteup, missingIn, type Writeup } from '@whorl/core/writeup';
import type { ExperimentRecord, Store } from '@whorl/store';
import { words } from '../messages/index.ts';
import { language } from '../messages/language.ts';
import { getExperiment, inRecord } from '../record/record.ts';
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
    const writeupIn = await writeupOf(store, targets);
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

const COURSE = 'course';

/** What makes the report of the targets in a language: of the course, or of experiments by their names or ids. */
async function writeupOf(store: Store, targets: readonly string[]): Promise<(of: Language) => Promise<Writeup>> {
  if (targets.length === 1 && targets[0] === COURSE)
    return async (of) => courseWriteup(await courseAnswers(store, of), of);
  if (targets.includes(COURSE)) throw new ConfigError('report', words().report.courseAlone);
  const experiments = new Map<string, ExperimentRecord>();
  for (const target of targets) {
    const experiment = await getExperiment(store, target);
    experiments.set(experiment.id, experiment);
  }
  return (of) => experimentWriteup(store, [...experiments.values()], of);
}

/** @throws ConfigError naming what is allowed */
function oneOf<T extends string>(allowed: readonly T[], came: string, option: string): T {
  const found = allowed.find((one) => one === came);
  if (found !== undefined) return found;
  throw new ConfigError(option, words().report.oneOf(allowed.join(', '), came));
}
