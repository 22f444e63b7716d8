import type { Curve } from '../../curves/curve.ts';
import { GroupSum } from '../../curves/group.ts';
import { metricAxis } from '../../metrics/registry.ts';
import type { Language, Text } from '../../text/text.ts';
import type { Figure } from '../drawing/figure.ts';
import { drawLines, type FigureLine } from '../drawing/lines.ts';
import { figureOf } from '../drawing/sheet.ts';
import type { ExhibitRow } from '../exhibits/exhibit-rows.ts';
import type { WriteupRun } from '../exhibits/measured-runs.ts';
import { FIGURE_WORDS } from './figure-words.ts';
import type { SeriesSource } from './series-source.ts';

/** How many places of a curve are drawn. */
const PLACES = 160;

/** The mean and interval over the seeds of some curves; long curves are thinned. */
function groupLine(name: string, runs: readonly WriteupRun[], read: (run: WriteupRun) => Curve): FigureLine {
  const sum = new GroupSum();
  for (const run of [...runs].sort((a, b) => (a.config?.seed ?? 0) - (b.config?.seed ?? 0)))
    sum.add(read(run), { seed: run.config?.seed });
  const { steps, mean, low, high } = sum.curve();
  const every = Math.max(1, (steps.length - 1) / (PLACES - 1));
  const places = Array.from({ length: Math.min(PLACES, steps.length) }, (_, i) => Math.round(i * every));
  const at = (column: Float64Array) => places.map((place) => column[place] as number);
  return { name, x: at(steps), y: at(mean), low: at(low), high: at(high) };
}

/** The batch loss of some levels, step by step. */
export function lossFigure(
  source: SeriesSource,
  { id, rows, more }: { readonly id: string; readonly rows: readonly ExhibitRow[]; readonly more?: Text },
  language: Language,
): Figure {
  const say = (text: Text): string => text[language];
  return figureOf(
    {
      id: `${id}-loss`,
      title: say(FIGURE_WORDS.curves),
      caption: say(FIGURE_WORDS.curvesCaption) + (more ? say(more) : ''),
    },
    drawLines({
      panels: [
        {
          title: null,
          lines: rows.map(({ name, runs }) => groupLine(name, runs, (run) => source.metrics.read(run.id, 'loss'))),
        },
      ],
      x: { name: say(FIGURE_WORDS.steps), logarithmic: false },
      y: { name: say(metricAxis('loss')), logarithmic: true },
      divergedWord: say(FIGURE_WORDS.divergedMark),
    }),
  );
}

/**
 * Levels by learning rate and the first metric, with a line for each optimizer and a panel for each part.
 * @param rows with optimizer and rate as their values
 */
export function rateFigure(id: string, rows: readonly ExhibitRow[], language: Language): Figure {
  const say = (text: Text): string => text[language];
  const parts = [...new Set(rows.map(({ part }) => part))];
  return figureOf(
    { id: `${id}-rates`, title: say(FIGURE_WORDS.rates), caption: say(FIGURE_WORDS.ratesCaption) },
    drawLines({
      panels: parts.map((part) => {
        const own = rows.filter((row) => row.part === part);
        return {
          title: part,
          lines: [...new Set(own.map(({ values: [optimizer] }) => String(optimizer)))].map((optimizer) =>
            rateLine(
              optimizer,
              own.filter(({ values: [of] }) => String(of) === optimizer),
            ),
          ),
        };
      }),
      x: { name: say(FIGURE_WORDS.rate), logarithmic: true, marked: true },
      y: { name: say(metricAxis('trainLoss')), logarithmic: true },
      divergedWord: say(FIGURE_WORDS.divergedMark),
    }),
  );
}

function rateLine(name: string, rows: readonly ExhibitRow[]): FigureLine {
  const summaries = rows.map(({ results: [first] }) => first?.summary ?? null);
  return {
    name,
    x: rows.map(({ values: [, rate] }) => Number(rate)),
    y: summaries.map((summary) => summary?.mean ?? Number.NaN),
    low: summaries.map((summary) => summary?.ci95?.[0] ?? Number.NaN),
    high: summaries.map((summary) => summary?.ci95?.[1] ?? Number.NaN),
    diverged: rows.flatMap(({ values: [, rate], results: [first] }) =>
      first && first.diverged > 0 ? [Number(rate)] : [],
    ),
  };
}

/** The gradient norm of each layer at the first step, before the weights change. */
export function gradientFigure(
  source: SeriesSource,
  { id, rows }: { readonly id: string; readonly rows: readonly ExhibitRow[] },
  language: Language,
): Figure {
  const say = (text: Text): string => text[language];
  return figureOf(
    { id: `${id}-gradients`, title: say(FIGURE_WORDS.gradients), caption: say(FIGURE_WORDS.gradientsCaption) },
    drawLines({
      panels: [
        {
          title: null,
          lines: rows.map(({ name, runs }) => {
            const powers = groupLine(name, runs, (run) => firstNorms(source, run));
            const raised = (column: ArrayLike<number>) => Array.from(column, (power) => 10 ** power);
            return { ...powers, y: raised(powers.y), low: raised(powers.low), high: raised(powers.high) };
          }),
        },
      ],
      x: { name: say(FIGURE_WORDS.layer), logarithmic: false },
      y: { name: say(metricAxis('gradientNorm.1')), logarithmic: true },
      divergedWord: say(FIGURE_WORDS.divergedMark),
    }),
  );
}

/** log10 of the first gradient norm of each layer, at the layer's number; left out for a norm of 0. */
function firstNorms({ metrics }: SeriesSource, run: WriteupRun) {
  const layers = run.metrics
    .flatMap(({ key }) => (/^gradientNorm\.\d+$/.test(key) ? [Number(key.split('.')[1])] : []))
    .sort((a, b) => a - b);
  const values = layers.map((layer) =>
    Math.log10(metrics.read(run.id, `gradientNorm.${layer}`).values[0] ?? Number.NaN),
  );
  return { steps: Float64Array.from(layers), values: Float64Array.from(values) };
}
