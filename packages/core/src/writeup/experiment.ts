import { metricWord } from '../metrics/registry.ts';
import { isOwnSource } from '../runs/run-source.ts';
import { withLevelNames } from '../statistics/named-comparison.ts';
import { verdictOf } from '../statistics/verdict-text.ts';
import { STUDIES } from '../studies/index.ts';
import { judgeRecorded } from '../studies/recorded.ts';
import { quoted } from '../studies/repeat-command.ts';
import { sweepCommands } from '../studies/sweep-command.ts';
import { type Language, sameText, type Text } from '../text/text.ts';
import type { WriteupRecord } from './answers.ts';
import { exhibitRows } from './exhibits/exhibit-rows.ts';
import type { Exhibit } from './exhibits/exhibits.ts';
import { comparisonOfExperiment, type ExperimentComparison } from './exhibits/experiment-comparison.ts';
import { experimentFigures } from './figures/experiment-figures.ts';
import { levelTable } from './level-table.ts';
import { claimBlocks, figureBlocks, sourceOf } from './study-section.ts';
import type { Block, Writeup } from './tree.ts';
import { WORDS } from './words.ts';

/** An experiment of a record. */
export interface ReportedExperiment {
  readonly id: string;
  readonly name: string;
  readonly study: string | null;
}

/** More levels than this are given as a number: a table of them could not be read. */
const MOST_LEVELS = 60;
const MOST_COMMANDS = 6;

/** A report on some experiments of a record, one section each. */
export async function experimentWriteup(
  record: WriteupRecord,
  experiments: readonly ReportedExperiment[],
  language: Language,
): Promise<Writeup> {
  const blocks: Block[] = [{ kind: 'paragraph', spans: [WORDS.about[language]] }];
  for (const [i, experiment] of experiments.entries()) {
    blocks.push({ kind: 'heading', level: 2, text: experiment.name });
    blocks.push(...(await experimentSection(record, { ...experiment, figures: `experiment-${i + 1}` }, language)));
  }
  return { language, title: experiments.map(({ name }) => name).join(WORDS.comma[language]), blocks };
}

async function experimentSection(
  record: WriteupRecord,
  { id, name, study: of, figures }: ReportedExperiment & { readonly figures: string },
  language: Language,
): Promise<Block[]> {
  const say = (text: Text): string => text[language];
  const all = await record.runs.all(id);
  const study = STUDIES.find((one) => one.id === of) ?? null;
  const found = comparisonOfExperiment(all, of, record.runs.launches(all.map((run) => run.id)));
  const asks: Block[] = study ? [{ kind: 'paragraph', spans: [{ strong: say(study.question) }] }] : [];
  const own: Block = { kind: 'own', about: say(WORDS.ownOfExperiment) };
  if (!found) {
    const said = say(WORDS.noneFinished(name));
    const lacks: Block = study
      ? { kind: 'missing', said, help: 'record', commands: [`npx whorl run ${study.id}`] }
      : { kind: 'missing', said, help: 'look', commands: [`npx whorl ls ${quoted(name)}`] };
    return [...asks, lacks, own];
  }
  const shown = record.demonstrations.find(id);
  const judged = study ? judgeRecorded(study, all, shown?.demonstrations) : null;
  return [
    ...asks,
    sourceOf(found.runs, name, language),
    ...(found.unfinished > 0
      ? [{ kind: 'paragraph', spans: [say(WORDS.leftOut(found.unfinished))] } satisfies Block]
      : []),
    ...setupOf(found, language),
    ...(await levelsOf(record, { id: figures, name }, found, language)),
    ...verdictBlocks(found, name, language),
    ...(judged && judged.runs.length > 0 ? claimBlocks(judged, language) : []),
    ...repeating(found, name, language),
    own,
  ];
}

/** What all runs share: each path that does not vary, with its value. */
function setupOf({ runs, factors }: ExperimentComparison, language: Language): Block[] {
  const [first] = runs;
  const shared = Object.entries(first?.params ?? {}).filter(
    ([path, value]) =>
      path !== 'study' && !factors.includes(path) && runs.every(({ params }) => params[path] === value),
  );
  if (shared.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: WORDS.setup[language],
      heads: [WORDS.path[language], WORDS.value[language]],
      align: ['left', 'left'],
      rows: shared.map(([path, value]) => [{ code: path }, { code: String(value) }]),
    },
  ];
}

async function levelsOf(
  record: WriteupRecord,
  { id, name }: { readonly id: string; readonly name: string },
  { runs, metric, factors }: ExperimentComparison,
  language: Language,
): Promise<Block[]> {
  const isOwn = runs.every(({ source }) => isOwnSource(source));
  const exhibit: Exhibit = {
    title: WORDS.levelsOf(name),
    metrics: [metric],
    by: factors,
    literal: true,
    foreign: !isOwn,
  };
  const levels = exhibitRows(exhibit, runs, language);
  if (levels.rows.length > MOST_LEVELS)
    return [{ kind: 'paragraph', spans: [WORDS.manyLevels(levels.rows.length)[language]] }];
  const figures = await experimentFigures(record, { id, exhibit, rows: levels.rows, language });
  return [{ kind: 'table', ...levelTable(levels, exhibit, { language }) }, ...figureBlocks(figures, language)];
}

/** What `whorl compare` says about the experiment. */
function verdictBlocks(
  { comparison, refused, runs, metric }: ExperimentComparison,
  name: string,
  language: Language,
): Block[] {
  if (!comparison) return refused ? [{ kind: 'paragraph', spans: [refused[language]] }] : [];
  const isOwn = runs.every(({ source }) => isOwnSource(source));
  const word = isOwn ? metricWord(metric) : sameText(metric);
  return [
    { kind: 'paragraph', spans: [{ strong: WORDS.verdict(comparison.by.join(', '))[language] }] },
    { kind: 'paragraph', spans: [verdictOf(withLevelNames(comparison), word)[language]] },
    { kind: 'paragraph', spans: [WORDS.sameNumbers[language]] },
    { kind: 'commands', lines: [`npx whorl compare ${quoted(name)}`] },
  ];
}

/** The commands that train the same runs again; none for runs of another program. */
function repeating({ runs }: ExperimentComparison, name: string, language: Language): Block[] {
  const configs = runs.flatMap(({ config }) => config ?? []);
  if (configs.length < runs.length) return [];
  const seeds = [...new Set(configs.map(({ seed }) => seed))].sort((a, b) => a - b);
  const lines = sweepCommands(configs, { seeds, experiment: name });
  if (lines.length === 0 || lines.length > MOST_COMMANDS) return [];
  return [
    { kind: 'paragraph', spans: [WORDS.repeat[language]] },
    { kind: 'commands', lines },
  ];
}
