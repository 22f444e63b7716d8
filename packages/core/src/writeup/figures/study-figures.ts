import type { Study } from '../../studies/study.ts';
import type { Language } from '../../text/text.ts';
import { type ExhibitRow, exhibitRows } from '../exhibits/exhibit-rows.ts';
import { EXHIBITS } from '../exhibits/exhibits.ts';
import type { WriteupRun } from '../exhibits/measured-runs.ts';
import { boundaryFigure } from './boundary-figure.ts';
import { drawnOf, type FigureOrFault } from './drawn.ts';
import { FIGURE_WORDS } from './figure-words.ts';
import { levelFigure } from './level-figure.ts';
import { gradientFigure, lossFigure, rateFigure } from './line-figures.ts';
import type { SeriesSource } from './series-source.ts';

/** The figures of a study: the levels for every study, and special ones for some. */
export async function studyFigures(
  source: SeriesSource,
  study: Study,
  runs: readonly WriteupRun[],
  language: Language,
): Promise<FigureOrFault[]> {
  const exhibit = EXHIBITS[study.id];
  if (!exhibit || study.kind !== 'training' || runs.length === 0) return [];
  const { id } = study;
  const { rows } = exhibitRows(exhibit, runs, language);
  if (rows.length === 0) return [];
  const levels = () =>
    levelFigure({ id, title: exhibit.title, rows, metric: exhibit.metrics[0] as string, language, study });
  switch (id) {
    case 'spiral': {
      const best = { id, rows: bestOf(rows), more: FIGURE_WORDS.bestRates };
      return drawnOf([levels, () => boundaryFigure(source, best, language), () => lossFigure(source, best, language)]);
    }
    case 'learning-rate':
    case 'optimizers':
      return drawnOf([() => rateFigure(id, rows, language)]);
    case 'activations':
      return drawnOf([levels, () => boundaryFigure(source, { id, rows }, language)]);
    case 'vanishing-gradients':
      return drawnOf([() => gradientFigure(source, { id, rows: rows.filter(isPlainOrSigmoid) }, language), levels]);
    default:
      return drawnOf([levels]);
  }
}

/** Selects by activation and block: sigmoid with every block, and the other activations with plain ones. */
const isPlainOrSigmoid = ({ values: [activation, block] }: ExhibitRow): boolean =>
  block === 'plain' || activation === 'sigmoid';

/** For each pair of activation and optimizer, the row of the rate with the greatest mean. */
function bestOf(rows: readonly ExhibitRow[]): ExhibitRow[] {
  const best = new Map<string, ExhibitRow>();
  const meanOf = ({ results: [first] }: ExhibitRow): number => first?.summary?.mean ?? Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const key = row.values.slice(0, 2).join(' ');
    const found = best.get(key);
    if (!found || meanOf(row) > meanOf(found)) best.set(key, row);
  }
  return [...best.values()];
}
