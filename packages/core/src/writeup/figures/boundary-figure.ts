import { resultIn } from '../../metrics/diverged.ts';
import { formatNumber } from '../../text/format-number.ts';
import type { Language, Text } from '../../text/text.ts';
import { type BoundaryPanel, drawBoundaries } from '../drawing/boundaries.ts';
import type { Figure } from '../drawing/figure.ts';
import { figureOf } from '../drawing/sheet.ts';
import type { ExhibitRow } from '../exhibits/exhibit-rows.ts';
import { FIGURE_WORDS } from './figure-words.ts';
import { lastBoundary, planarPoints, type SeriesSource } from './series-source.ts';

/** The decision boundaries of some levels, each from the run with the smallest seed; null where none is recorded. */
export async function boundaryFigure(
  source: SeriesSource,
  { id, rows, more }: { readonly id: string; readonly rows: readonly ExhibitRow[]; readonly more?: Text },
  language: Language,
): Promise<Figure | null> {
  const panels: BoundaryPanel[] = [];
  for (const { name, runs } of rows) {
    const run = [...runs].sort((a, b) => (a.config?.seed ?? 0) - (b.config?.seed ?? 0))[0];
    const boundary = run && (await lastBoundary(source, run.id));
    if (!run || !boundary) continue;
    const accuracy = formatNumber(resultIn(run, 'trainAccuracy') ?? resultIn(run, 'accuracy'));
    const note = FIGURE_WORDS.seedNote(run.config?.seed ?? 0, accuracy)[language];
    panels.push({ title: name, note, ...boundary, ...(await planarPoints(source, run.id)) });
  }
  if (panels.length === 0) return null;
  return figureOf(
    {
      id: `${id}-boundaries`,
      title: FIGURE_WORDS.boundaries[language],
      caption: FIGURE_WORDS.boundariesCaption[language] + (more ? more[language] : ''),
    },
    drawBoundaries(panels),
  );
}
