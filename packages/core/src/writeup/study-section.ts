import { valueOrder } from '../design/order.ts';
import { isComplete, judgeRecorded, type RecordedVerdict } from '../studies/recorded.ts';
import { quoted } from '../studies/repeat-command.ts';
import type { Demonstration, Scale, Study } from '../studies/study.ts';
import type { FoundEvidence } from '../studies/study-evidence.ts';
import { outcomeOf } from '../studies/verdict.ts';
import type { Language, Text } from '../text/text.ts';
import { equationsOf } from './equations.ts';
import { exhibitRows } from './exhibits/exhibit-rows.ts';
import { EXHIBITS, type Exhibit } from './exhibits/exhibits.ts';
import type { WriteupRun } from './exhibits/measured-runs.ts';
import type { FigureOrFault } from './figures/drawn.ts';
import { levelTable } from './level-table.ts';
import type { Block, Phrase } from './tree.ts';
import { ownPrompt, WORDS } from './words.ts';

/** What was demonstrated for a study, and when. */
export interface ShownThen {
  readonly demonstrations: readonly Demonstration[];
  readonly engine: string;
  readonly at: Date;
}

/** The answer of a record to a study's question. */
export interface StudyAnswer {
  readonly study: Study;
  /** Null where nothing is recorded of it. */
  readonly found: FoundEvidence<WriteupRun, ShownThen> | null;
  /** What is drawn of its runs. */
  readonly figures: readonly FigureOrFault[];
}

/** The day of a moment, in UTC, so that it does not reveal a time zone. */
const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

const unique = <T extends string | number>(values: readonly T[]): T[] => [...new Set(values)].sort(valueOrder);

/** The section of a study: its tables and figures, its claims with their verdicts, and what is missing. */
export function studySection({ study, found, figures }: StudyAnswer, language: Language): Block[] {
  const say = (text: Text): string => text[language];
  const asks: Block = { kind: 'paragraph', spans: [{ strong: say(study.question) }] };
  if (!found)
    return [
      asks,
      ...noteOf(study, language),
      missing(say(WORDS.nothing(study.title)), study.id),
      ownWords(study, language),
    ];
  const verdict = judgeRecorded(study, found.plan.runs, found.shown?.demonstrations);
  return [
    asks,
    ...noteOf(study, language),
    ...lacking(study, found, language),
    ...(found.shown ? [shownTable(found.shown, language)] : []),
    ...(study.kind === 'training' && verdict.runs.length > 0
      ? [sourceOf(verdict.runs, found.experiment.name, language), ...exhibitOf(study, verdict.runs, language)]
      : []),
    ...figureBlocks(figures, language),
    ...commandsOf(study, found, language),
    ...claimBlocks(verdict, language),
    ownWords(study, language),
  ];
}

function noteOf({ id }: Study, language: Language): Block[] {
  const spans = equationsOf(id, language);
  return spans.length > 0 ? [{ kind: 'paragraph', spans }] : [];
}

const ownWords = ({ id }: Study, language: Language): Block => ({ kind: 'own', about: ownPrompt(id)[language] });

const missing = (said: string, study: string, scale: Scale = 'full'): Block => ({
  kind: 'missing',
  said,
  help: 'record',
  commands: [courseCommand(study, scale)],
});

const courseCommand = (study: string, scale: Scale): string =>
  `npx whorl course ${scale === 'quick' ? '--quick ' : ''}--only ${study}`;

/** What is not recorded of a study of which something else is. */
function lacking(study: Study, { plan, shown }: NonNullable<StudyAnswer['found']>, language: Language): Block[] {
  const isDemonstrated = study.kind === 'demonstration' || study.demonstrated === true;
  return [
    ...(study.kind === 'training' && !isComplete(plan)
      ? [
          missing(
            WORDS.incomplete(study.title, plan.complete, plan.configurations)[language],
            study.id,
            plan.runs.length === 0 ? 'full' : plan.scale,
          ),
        ]
      : []),
    ...(isDemonstrated && !shown ? [missing(WORDS.notShown(study.title)[language], study.id, plan.scale)] : []),
  ];
}

function shownTable({ demonstrations, engine, at }: ShownThen, language: Language): Block {
  return {
    kind: 'table',
    caption: WORDS.shownCaption(engine, dayOf(at))[language],
    heads: ['', WORDS.step[language], WORDS.code[language], WORDS.output[language]],
    align: ['left', 'left', 'left', 'left'],
    rows: demonstrations.map(({ title, code, output, holds }) => [
      holds ? '✓' : '✗',
      title[language],
      { code },
      output[language],
    ]),
  };
}

/** A block that says where the numbers come from. */
export function sourceOf(runs: readonly WriteupRun[], experiment: string, language: Language): Block {
  const days = unique(runs.flatMap(({ endedAt }) => (endedAt ? [dayOf(endedAt)] : [])));
  const [first = '-', last = first] = [days[0], days.at(-1)];
  const said = WORDS.source({
    runs: runs.length,
    seeds: unique(runs.flatMap(({ seed }) => seed ?? [])).join(WORDS.comma[language]) || '-',
    engines: unique(runs.flatMap(({ engine }) => engine ?? [])).join(WORDS.comma[language]) || '-',
    days: first === last ? first : `${first}${WORDS.to[language]}${last}`,
    experiment,
  });
  return { kind: 'paragraph', spans: [said[language]] };
}

function exhibitOf(study: Study, runs: readonly WriteupRun[], language: Language): Block[] {
  const exhibit: Exhibit | undefined = EXHIBITS[study.id];
  if (!exhibit || study.kind !== 'training') return [];
  return [{ kind: 'table', ...levelTable(exhibitRows(exhibit, runs, language), exhibit, { language, study }) }];
}

/** The commands that repeat the runs and print the same numbers. */
function commandsOf(
  study: Study,
  { plan, experiment }: NonNullable<StudyAnswer['found']>,
  language: Language,
): Block[] {
  if (study.kind !== 'training' || plan.runs.length === 0) return [];
  const exhibit = EXHIBITS[study.id];
  // Where only some of the runs are shown, a comparison of all would have other levels.
  const compared =
    exhibit && !exhibit.shows && !exhibit.part
      ? [
          { kind: 'paragraph', spans: [WORDS.sameNumbers[language]] } as const,
          {
            kind: 'commands',
            lines: [
              `npx whorl compare ${quoted(experiment.name)} --by ${exhibit.by.join(',')} --metric ${exhibit.metrics[0]}`,
            ],
          } as const,
        ]
      : [];
  return [
    { kind: 'paragraph', spans: [WORDS.repeat[language]] },
    { kind: 'commands', lines: [courseCommand(study.id, plan.scale)] },
    ...compared,
  ];
}

/** Each claim of the course with its outcome, followed by the reasons. */
export function claimBlocks({ claims }: RecordedVerdict<WriteupRun>, language: Language): Block[] {
  return [
    { kind: 'paragraph', spans: [{ strong: WORDS.claims[language] }] },
    ...claims.flatMap((judged): Block[] => {
      const said: Phrase[] = [
        { strong: WORDS.outcome(outcomeOf(judged))[language] },
        `${WORDS.colon[language]}${judged.claim[language]}`,
      ];
      return [
        { kind: 'paragraph', spans: said },
        { kind: 'list', items: judged.verdict[language].split('\n').map((line) => [line]) },
      ];
    }),
  ];
}

/** The figures; in place of one that could not be drawn, the reason. */
export const figureBlocks = (figures: readonly FigureOrFault[], language: Language): Block[] =>
  figures.map(
    (figure): Block =>
      'fault' in figure
        ? {
            kind: 'missing',
            said: WORDS.undrawn(figure.fault)[language],
            help: 'look',
            commands: ['npx whorl doctor --deep'],
          }
        : { kind: 'figure', figure },
  );
