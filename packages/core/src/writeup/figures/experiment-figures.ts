import type { Language } from '../../text/text.ts';
import type { ExhibitRow } from '../exhibits/exhibit-rows.ts';
import type { Exhibit } from '../exhibits/exhibits.ts';
import { boundaryFigure } from './boundary-figure.ts';
import { drawnOf, type FigureOrFault } from './drawn.ts';
import { levelFigure } from './level-figure.ts';
import { gradientFigure, lossFigure } from './line-figures.ts';
import type { SeriesSource } from './series-source.ts';

interface OfExperiment {
  readonly id: string;
  readonly exhibit: Exhibit;
  readonly rows: readonly ExhibitRow[];
  readonly language: Language;
}

/** More lines, or pictures, could not be told apart. */
const [MOST_LINES, MOST_PICTURES] = [6, 9];

/** The figures of any experiment: its levels, the losses where levels are few, and what else its runs recorded. */
export async function experimentFigures(
  source: SeriesSource,
  { id, exhibit, rows, language }: OfExperiment,
): Promise<FigureOrFault[]> {
  const has = (key: string) =>
    rows.every(({ runs }) => runs.every(({ metrics }) => metrics.some((of) => of.key === key)));
  const isFew = rows.length <= MOST_LINES;
  return drawnOf([
    () => levelFigure({ id, title: exhibit.title, rows, metric: exhibit.metrics[0] as string, language }),
    () => (isFew && has('loss') ? lossFigure(source, { id, rows }, language) : null),
    () => (rows.length <= MOST_PICTURES ? boundaryFigure(source, { id, rows }, language) : null),
    () => (isFew && has('gradientNorm.1') ? gradientFigure(source, { id, rows }, language) : null),
  ]);
}
