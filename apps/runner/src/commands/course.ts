import {
  buildConfig,
  type Config,
  ConfigError,
  claimOf,
  configurationNames,
  type Demonstration,
  getStudy,
  judgeRecorded,
  outcomeOf,
  recordedName,
  type Scale,
  SEEDS,
  STUDIES,
  type Study,
  type StudyVerdict,
  type TrainingStudy,
} from '@whorl/core';
import type { RunRecord } from '@whorl/store';
import { outcomeColour, outcomeWord, printDemonstrations, printVerdict } from '../comparison/verdict-of-study.ts';
import { inLanguage, reasonOf, words } from '../messages/index.ts';
import { experimentUrl } from '../serving/links.ts';
import { tellOfStops } from '../stopping/stops.ts';
import { colour } from '../terminal/colour.ts';
import { FailedError } from '../terminal/exit.ts';
import { note, noteSkipped, printJson, printTable, status } from '../terminal/output.ts';
import { estimateSeconds } from '../training/estimate.ts';
import type { Task } from '../training/messages.ts';
import { endedRun, findRecorded, inSession, type Session, type SessionOptions } from '../training/session.ts';

export interface CourseOptions extends SessionOptions {
  readonly quick?: boolean;
  readonly only?: string;
  readonly json?: boolean;
  /** The experiment of a study that trains nothing, where its name is not the study's. */
  readonly into?: string;
}

/** The state of one study while the course runs. */
interface Chapter {
  readonly study: Study;
  readonly experiment: { readonly id: string; readonly name: string };
  /** How many runs are still to be trained. */
  left: number;
  readonly runs: RunRecord[];
  demonstrations: readonly Demonstration[];
  verdict: StudyVerdict | null;
}

/** One training of a chapter, with the name of its configuration within the study. */
interface CourseTask {
  readonly task: Task;
  readonly chapter: Chapter;
  readonly label: string;
}

/** `whorl course`: runs every study with its own levels and seeds, and reports what becomes of the course's claims. */
export async function course(options: CourseOptions, [word]: readonly string[] = []): Promise<void> {
  if (word !== undefined) throw refusal(word);
  const studies = chosenStudies(options.only);
  const scale: Scale = options.quick ? 'quick' : 'full';
  await inSession(options, async (session) => {
    const chapters: Chapter[] = [];
    const tasks: CourseTask[] = [];
    for (const study of studies) {
      const { chapter, missing } = await openChapter(session, study, scale, options.into);
      chapters.push(chapter);
      for (const { config, label } of missing) {
        const experimentId = chapter.experiment.id;
        const name = recordedName(label, config.seed);
        tasks.push({ chapter, label, task: { index: tasks.length, experimentId, name, config } });
      }
    }
    const recorded = chapters.reduce((sum, { runs }) => sum + runs.length, 0);
    if (recorded > 0) note(words().run.someRecorded(recorded, recorded + tasks.length));
    const { failed, stopped, notBegun } = await runChapters(session, chapters, tasks, options.json ?? false);
    if (options.json) printJson({ studies: chapters.map((chapter) => documentOf(chapter, session.settings.home)) });
    else if (!session.signal.aborted) printSummary(chapters);
    if (session.signal.aborted) return;
    if (failed.length > 0) throw failureOf(failed);
    tellOfStops(stopped, notBegun);
  });
}

/** The error for a word after `course`: the studies bring their own levels. */
function refusal(word: string): ConfigError {
  const { oneStudy, noValues } = words().course;
  return new ConfigError('course', STUDIES.some(({ id }) => id === word) ? oneStudy(word) : noValues(word));
}

function chosenStudies(only: string | undefined): Study[] {
  if (only === undefined) return [...STUDIES];
  const ids = only.split(',').map((id) => id.trim());
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new ConfigError('--only', words().course.twice(twice));
  return ids.map(getStudy);
}

/** Looks up which runs of a study are recorded already. A study that trains nothing is the same at every scale. */
async function openChapter(
  { store }: Session,
  study: Study,
  scale: Scale,
  into: string = study.id,
): Promise<{ chapter: Chapter; missing: readonly Planned[] }> {
  const base = { study, demonstrations: [], verdict: null };
  if (study.kind === 'demonstration') {
    const experiment = await store.experiments.ensure(into, study.id);
    return { chapter: { ...base, experiment, left: 0, runs: [] }, missing: [] };
  }
  const experiment = await store.experiments.ensure(scale === 'full' ? study.id : `${study.id} (quick)`, study.id);
  const planned = plannedOf(study, scale);
  const recorded = await findRecorded(store, experiment.id, planned);
  const missing = planned.filter((item) => !recorded.has(item));
  return { chapter: { ...base, experiment, left: missing.length, runs: [...recorded.values()] }, missing };
}

interface Planned {
  readonly config: Config;
  readonly label: string;
}

function plannedOf(study: TrainingStudy, scale: Scale): Planned[] {
  const variants = study.variants(scale);
  const names = configurationNames(study, variants);
  return variants.flatMap((values, i) =>
    SEEDS[scale].map((seed) => ({
      config: buildConfig(study.defaults, { ...values, seed }),
      label: names[i] ?? '',
    })),
  );
}

/** What was left undone when the course ended. */
interface Undone {
  readonly failed: readonly RunRecord[];
  /** Runs that were stopped, and those that did not begin because their experiment was. */
  readonly stopped: number;
  readonly notBegun: number;
}

/** Trains the missing runs, and prints each study's verdict as soon as its last run has ended. */
async function runChapters(
  session: Session,
  chapters: readonly Chapter[],
  tasks: readonly CourseTask[],
  json: boolean,
): Promise<Undone> {
  const { store, settings, jobs, signal } = session;
  const { demonstrateApart, trainInPool } = await import('../training/pool.ts');
  const { Progress } = await import('../terminal/progress.ts');
  const live = process.stdout.isTTY === true && process.stderr.isTTY === true && !json;
  const progress = new Progress(tasks.length, live, (index) =>
    estimateSeconds((tasks[index] as CourseTask).task.config),
  );
  const failed: RunRecord[] = [];
  let [stopped, notBegun] = [0, 0];
  const conclude = (chapter: Chapter) => {
    chapter.verdict = judgeRecorded(chapter.study, chapter.runs, chapter.demonstrations);
    if (json) return;
    progress.close();
    if (chapter.demonstrations.length > 0) printDemonstrations(chapter.study, chapter.demonstrations);
    printVerdict(chapter.study, chapter.verdict, experimentUrl(settings.home, chapter.experiment.id));
  };
  const shown = chapters.filter(({ study }) => study.kind === 'demonstration' || study.demonstrated);
  if (shown.length > 0) {
    const { engine, demonstrations } = await demonstrateApart(
      shown.map(({ study }) => study.id),
      settings,
      signal,
    );
    if (signal.aborted) return { failed, stopped, notBegun };
    for (const chapter of shown) {
      chapter.demonstrations = demonstrations.get(chapter.study.id) ?? [];
      await store.demonstrations.keep(chapter.experiment.id, engine, chapter.demonstrations);
    }
  }
  for (const chapter of chapters) if (chapter.left === 0) conclude(chapter);
  try {
    await trainInPool(
      tasks.map(({ task }) => task),
      { ...settings, store, jobs, signal },
      {
        onReady: noteSkipped,
        onStart: ({ index, config }, _, steps) => {
          const { chapter, label } = tasks[index] as CourseTask;
          progress.start(index, { label: `${chapter.study.id} ${label}`, seed: config.seed }, steps);
        },
        onStep: ({ index }, { step, epoch, metrics }) => progress.step(index, { step, epoch, ...metrics }),
        onEnd: async ({ index, name }, runId) => {
          const { chapter } = tasks[index] as CourseTask;
          const run = await endedRun(store, runId);
          chapter.left -= 1;
          if (run.status === 'finished') chapter.runs.push(run);
          else if (run.status === 'interrupted') stopped += 1;
          else if (!signal.aborted) {
            failed.push(run);
            progress.say(
              `${status(run.status)}  ${chapter.study.id} ${name}: ${reasonOf(run) ?? words().run.noReason}`,
            );
          }
          progress.end(index, null);
          if (chapter.left === 0 && !signal.aborted) conclude(chapter);
        },
        onDrop: ({ index }) => {
          const { chapter } = tasks[index] as CourseTask;
          notBegun += 1;
          chapter.left -= 1;
          progress.end(index, null);
          if (chapter.left === 0) conclude(chapter);
        },
      },
    );
  } finally {
    progress.close();
  }
  return { failed, stopped, notBegun };
}

function documentOf({ study, experiment, verdict }: Chapter, home: string): unknown {
  return {
    study: study.id,
    experiment: { id: experiment.id, name: experiment.name, url: experimentUrl(home, experiment.id) },
    claim: claimOf(study).en,
    verdict: verdict?.verdict.en ?? null, // null if Ctrl-C came before the verdict
    outcome: verdict && outcomeOf(verdict),
    supported: verdict?.supported ?? null,
    numbers: verdict?.numbers ?? {},
    claims: (verdict?.claims ?? []).map((judged) => ({
      ...judged,
      claim: judged.claim.en,
      verdict: judged.verdict.en,
      outcome: outcomeOf(judged),
    })),
  };
}

function printSummary(chapters: readonly Chapter[]): void {
  const rows = chapters.flatMap(({ study, verdict }) =>
    (verdict?.claims ?? []).map(({ claim, supported }, i) => ({ study: i === 0 ? study.id : '', claim, supported })),
  );
  const { heads } = words();
  printTable(rows, [
    { head: heads.study, cell: ({ study }) => study, style: colour.bold },
    {
      head: heads.verdict,
      cell: outcomeWord,
      style: (text, judged) => outcomeColour(judged)(text),
    },
    { head: heads.claim, cell: ({ claim }) => inLanguage(claim), narrow: 'wrap' },
  ]);
}

function failureOf(failed: readonly RunRecord[]): FailedError {
  const first = failed[0] as RunRecord;
  const { run: t } = words();
  return new FailedError(
    t.failed(first.id, first.status, reasonOf(first)) + (failed.length === 1 ? '' : t.more(failed.length - 1)),
  );
}
