import { buildConfig } from '../../config/assignments.ts';
import { resultIn } from '../../metrics/diverged.ts';
import { metricAxis, metricName, metricOf } from '../../metrics/registry.ts';
import { withoutSeed } from '../../studies/recorded.ts';
import type { TrainingStudy } from '../../studies/study.ts';
import type { Language, Text } from '../../text/text.ts';
import type { Figure } from '../drawing/figure.ts';
import { drawIntervals } from '../drawing/intervals.ts';
import { figureOf } from '../drawing/sheet.ts';
import { type ExhibitRow, isByPowers } from '../exhibits/exhibit-rows.ts';
import { FIGURE_WORDS } from './figure-words.ts';

interface OfLevels {
  readonly id: string;
  readonly title: Text;
  readonly rows: readonly ExhibitRow[];
  readonly metric: string;
  readonly language: Language;
  /** The study whose course figures are drawn beside the results. */
  readonly study?: TrainingStudy;
}

/** The results of each level's seeds by the first metric of the rows. */
export function levelFigure({ id, title, rows, metric, language, study }: OfLevels): Figure {
  const say = (text: Text): string => text[language];
  const known = metricOf(metric)?.metric;
  const reported = new Map(
    (study?.course ?? [])
      .filter((figure) => study && figure.metric === metric)
      .map(({ values, reported }) => [withoutSeed(buildConfig((study as TrainingStudy).defaults, values)), reported]),
  );
  return figureOf(
    {
      id: `${id}-levels`,
      title: say(FIGURE_WORDS.levels(title, metricName(metric))),
      caption: say(FIGURE_WORDS.levelsCaption(isByPowers(metric))),
    },
    drawIntervals({
      axis: {
        name: say(metricAxis(metric)),
        logarithmic: known?.byPowers ?? false,
        bounds: known?.range ?? undefined,
      },
      words: {
        mean: say(FIGURE_WORDS.mean),
        seed: say(FIGURE_WORDS.seed),
        reported: say(FIGURE_WORDS.reported),
      },
      levels: rows.map(({ name, part, results: [first], runs }) => {
        const [config] = runs.flatMap((run) => run.config ?? []);
        return {
          name: part === null ? name : withoutPart(name, part, rows),
          part: isAlone(rows, part) ? null : part,
          mean: first?.summary?.mean ?? null,
          interval: first?.summary?.ci95 ?? null,
          seeds: runs.flatMap((run) => {
            const value = resultIn(run, metric);
            return value !== undefined && Number.isFinite(value) ? [value] : [];
          }),
          reported: config && reported.get(withoutSeed(config)),
          instead: say(FIGURE_WORDS.allDiverged),
        };
      }),
    }),
  );
}

/** A part with a single row needs no heading. */
const isAlone = (rows: readonly ExhibitRow[], part: string | null): boolean =>
  rows.filter((row) => row.part === part).length < 2;

const withoutPart = (name: string, part: string, rows: readonly ExhibitRow[]): string =>
  isAlone(rows, part) ? name : name.slice(part.length).replace(/^ · /, '');
