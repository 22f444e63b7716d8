import { markAt } from './marks.ts';
import { figureAxis } from './scale.ts';
import {
  advanceOf,
  brokenText,
  FIGURE_MARGIN,
  FIGURE_WIDTH,
  type FigurePart,
  INK_COLOURS,
  px,
  textAt,
} from './sheet.ts';

/** A level: the results of its seeds, and their mean with its interval. */
export interface FigureLevel {
  readonly name: string;
  /** Levels of one part are drawn together, under its name; null where there are no parts. */
  readonly part: string | null;
  readonly mean: number | null;
  readonly interval: readonly [number, number] | null;
  readonly seeds: readonly number[];
  /** The course's figure; undefined where it reports none. */
  readonly reported?: number | undefined;
  /** Text in place of a mean, where all of its runs diverged. */
  readonly instead?: string | undefined;
}

export interface IntervalChart {
  readonly levels: readonly FigureLevel[];
  readonly axis: {
    readonly name: string;
    readonly logarithmic: boolean;
    readonly bounds?: readonly [number, number] | undefined;
  };
  readonly words: { readonly mean: string; readonly seed: string; readonly reported: string };
}

const INNER = FIGURE_WIDTH - 2 * FIGURE_MARGIN;
const [ROW, PART_ROW, MOST_LABEL] = [26, 28, 270];
const COLOUR = '#0b5aa0';

/** Rows of levels along one axis: a dot at the mean, its interval, and a small ring for each seed. */
export function drawIntervals({ levels, axis, words }: IntervalChart): FigurePart {
  const left = Math.min(MOST_LABEL, Math.max(...levels.map(({ name }) => advanceOf(name)), 40)) + 14;
  const scale = figureAxis({
    values: levels.flatMap(({ mean, interval, seeds, reported }) => [
      ...seeds,
      ...(interval ?? []),
      ...(mean === null ? [] : [mean]),
      ...(reported === undefined ? [] : [reported]),
    ]),
    logarithmic: axis.logarithmic,
    from: left + 8,
    to: INNER - 8,
    most: 6,
    bounds: axis.bounds,
  });
  const legend = legendOf(
    words,
    levels.some(({ reported }) => reported !== undefined),
  );
  const rows: string[] = [];
  let [y, part]: [number, string | null] = [30, null];
  for (const level of levels) {
    if (level.part !== null && level.part !== part) {
      y += PART_ROW;
      rows.push(textAt(0, y - 8, level.part, { colour: INK_COLOURS.ink, bold: true }));
    }
    part = level.part;
    rows.push(rowSvg(level, y + ROW / 2, left, scale.at));
    y += ROW;
  }
  const top = 30;
  const grid = scale.ticks.map(
    ({ at, text }) =>
      `<path d="M${px(at)} ${top}V${px(y)}" stroke="${INK_COLOURS.grid}"/>${textAt(at, y + 20, text, { anchor: 'middle' })}`,
  );
  const base = `<path d="M${px(left)} ${px(y)}H${INNER}" stroke="${INK_COLOURS.axis}"/>`;
  const name = textAt((left + INNER) / 2, y + 42, axis.name, { anchor: 'middle' });
  return { svg: [legend, ...grid, base, ...rows, name].join(''), width: INNER, height: y + 48 };
}

function rowSvg(level: FigureLevel, y: number, left: number, at: (value: number) => number): string {
  const { name, mean, interval, seeds, reported, instead } = level;
  const label = brokenText(name, left - 14)[0] ?? '';
  return [
    textAt(left - 12, y + 4.5, label === name ? name : `${label}…`, { anchor: 'end', colour: INK_COLOURS.ink }),
    ...(mean === null && instead !== undefined ? [textAt(left + 10, y + 4.5, instead)] : []),
    ...(interval
      ? [
          `<path d="M${px(at(interval[0]))} ${px(y)}H${px(at(interval[1]))}m0 -5v10M${px(at(interval[0]))} ${px(y - 5)}v10" stroke="${COLOUR}" stroke-width="2" fill="none"/>`,
        ]
      : []),
    ...seeds.map((value) => ring(at(value), y)),
    ...(mean === null ? [] : [markAt('circle', at(mean), y, COLOUR, 4.6)]),
    ...(reported === undefined ? [] : [reportedMark(at(reported), y)]),
  ].join('');
}

const ring = (x: number, y: number): string =>
  `<circle cx="${px(x)}" cy="${px(y)}" r="3" fill="#ffffff" fill-opacity="0.85" stroke="${INK_COLOURS.muted}" stroke-width="1.1"/>`;

const reportedMark = (x: number, y: number): string =>
  `<path d="M${px(x)} ${px(y - 7)}l7 7l-7 7l-7 -7z" fill="none" stroke="#b3480d" stroke-width="1.8"/>`;

function legendOf(words: IntervalChart['words'], withReported: boolean): string {
  const parts: string[] = [];
  let x = 0;
  const add = (room: number, mark: string, text: string): void => {
    parts.push(mark, textAt(x + room + 8, 14.5, text, { colour: INK_COLOURS.ink }));
    x += room + 8 + advanceOf(text) + 26;
  };
  const bar = `<path d="M0 10h36m0 -5v10M0 5v10" stroke="${COLOUR}" stroke-width="2"/>`;
  add(36, `${bar}${markAt('circle', 18, 10, COLOUR, 4.6)}`, words.mean);
  add(8, ring(x + 4, 10), words.seed);
  if (withReported) add(14, reportedMark(x + 7, 10), words.reported);
  return parts.join('');
}
