import {
  type Comparison,
  differenceFormat,
  type Effects,
  EVERYTHING_ELSE,
  effectsNotes,
  effectText,
  factorLabels,
  formatInterval,
  formatP,
  formatShare,
  formatSigned,
  LEVEL_SEPARATOR,
  type Level,
  type Pair,
  pairName,
  summaryFormat,
  type Text,
  verdictOf,
} from '@whorl/core';
import { inLanguage, words } from '../messages/index.ts';
import { colour } from '../terminal/colour.ts';
import { displayWidth, fit, type TextColumn } from '../terminal/layout.ts';
import { numberColumn, printLine, printSentences, printTable } from '../terminal/output.ts';

/** The name of a pair within a width: the level names are cut, the word between them is not. */
function cutPair(a: string, b: string, width: number): string {
  const room = width - displayWidth(pairName('', ''));
  const half = Math.floor(room / 2);
  const first = fit(a, Math.max(half, room - displayWidth(b)));
  return pairName(first, fit(b, room - displayWidth(first)));
}

/** A part of the tables: all runs, or the runs at one level of the factor that the effect depends on. */
interface Part {
  /** The name of that level; null for all runs. */
  readonly at: string | null;
  readonly comparison: Pick<Comparison, 'levels' | 'pairs'>;
}

/** A single part, or, where the effect depends on another factor, one part for each of its levels. */
const partsOf = (comparison: Comparison): Part[] =>
  comparison.verdict.kind === 'depends'
    ? comparison.verdict.within.map(({ level, comparison }) => ({ at: level, comparison }))
    : [{ at: null, comparison }];

/** The rows of all parts. The first row of each part carries the name of its level. */
const rowsOf = <T>(parts: readonly Part[], rows: (part: Part['comparison']) => readonly T[]) =>
  parts.flatMap(({ at, comparison }) => rows(comparison).map((row, i) => ({ ...row, at: i === 0 ? (at ?? '') : '' })));

/** Prints a comparison for people: the tables first, then the sentences about them. */
export function printComparison(comparison: Comparison, effects: Effects | null, word: Text): void {
  const { by, verdict } = comparison;
  const { compare: t } = words();
  const depends = verdict.kind === 'depends' ? verdict : null;
  const compared = depends?.of ?? by;
  printSentences(t.title(colour.bold(inLanguage(word)), colour.bold(compared.join(t.and)), depends?.on.join(t.and)));
  printLine();
  const parts = partsOf(comparison);
  const levels = rowsOf(parts, (part) => part.levels);
  const pairs = rowsOf(parts, (part) => part.pairs);
  const ofPart = <T extends { at: string }>(): TextColumn<T>[] =>
    depends
      ? [{ head: factorLabels(depends.on).join(LEVEL_SEPARATOR), cell: ({ at }) => at, narrow: 'cut', least: 8 }]
      : [];
  printLevels(levels, compared, ofPart());
  if (pairs.length > 0) {
    printLine();
    printPairs(pairs, comparison.margin, ofPart());
  }
  if (effects) printEffects(effects);
  printLine();
  printSentences(inLanguage(verdictOf(comparison, word)));
}

function printLevels<T extends Level>(
  levels: readonly T[],
  by: readonly string[],
  first: readonly TextColumn<T>[],
): void {
  const { heads } = words();
  const diverged = levels.some((level) => level.diverged > 0);
  const measured = summaryFormat(levels.map(({ summary }) => summary));
  printTable(levels, [
    ...first,
    { head: factorLabels(by).join(LEVEL_SEPARATOR), cell: ({ level }) => level, narrow: 'cut', least: 14 },
    {
      head: heads.seeds,
      align: 'right',
      cell: ({ summary, order }) => String(order?.seeds ?? summary?.n ?? 0),
      leaveOut: 2,
    },
    ...(levels.some(({ order }) => order)
      ? [
          {
            head: heads.reached,
            align: 'right' as const,
            cell: ({ order, summary }: Level) => String(order?.reached ?? summary?.n ?? 0),
          },
        ]
      : []),
    ...(levels.some(({ summary, runs, order }) => !order && runs !== (summary?.n ?? 0))
      ? [{ head: heads.runs, align: 'right' as const, cell: ({ runs }: Level) => String(runs), leaveOut: 3 }]
      : []),
    ...(diverged
      ? [{ head: heads.diverged, align: 'right' as const, cell: (level: Level) => String(level.diverged || '-') }]
      : []),
    numberColumn(levels, heads.mean, ({ summary }) => summary?.mean, measured),
    { ...numberColumn(levels, heads.sd, ({ summary }) => summary?.sd, measured), leaveOut: 3 },
    {
      head: heads.interval,
      align: 'right',
      cell: ({ summary }) => formatInterval(summary?.ci95, measured),
      leaveOut: 1,
    },
  ]);
}

function printPairs<T extends Pair>(
  pairs: readonly T[],
  margin: Comparison['margin'],
  first: readonly TextColumn<T>[],
): void {
  const { heads } = words();
  const differences = differenceFormat(pairs);
  printTable(pairs, [
    ...first,
    {
      head: pairName('a', 'b'),
      cell: ({ a, b }) => pairName(a, b),
      narrow: 'cut',
      cut: ({ a, b }, width) => cutPair(a, b, width),
      least: first.length > 0 ? 20 : 32,
    },
    { head: heads.seeds, align: 'right', cell: ({ nPairs }) => String(nPairs), leaveOut: 2 },
    {
      head: pairs.some(({ signs }) => signs) ? heads.ahead : 'a − b',
      align: 'right',
      cell: ({ difference, signs }) => (signs ? `${signs.a} : ${signs.b}` : formatSigned(difference, differences)),
    },
    {
      head: pairs.length > 1 ? heads.together : heads.interval,
      align: 'right',
      cell: ({ ci95 }) => formatInterval(ci95, differences),
      leaveOut: 1,
    },
    { head: heads.pAdjusted, align: 'right', cell: ({ pAdjusted }) => formatP(pAdjusted) },
    ...(margin === null
      ? []
      : [{ head: heads.pSame, align: 'right' as const, cell: ({ pSame }: Pair) => formatP(pSame) }]),
    { ...numberColumn(pairs, heads.effect, ({ effectSize }) => effectSize), leaveOut: 3 },
  ]);
}

/** Prints how much of the variation each factor explains, with the notes needed to read it. */
function printEffects(effects: Effects): void {
  const { heads } = words();
  const rows = [
    ...effects.effects.map(({ of, share, pAdjusted }) => ({ source: effectText(of), share, pAdjusted })),
    { source: EVERYTHING_ELSE, share: effects.residual.share, pAdjusted: null },
  ];
  printLine();
  printTable(rows, [
    { head: heads.source, cell: ({ source }) => inLanguage(source), narrow: 'cut', least: 16 },
    { head: heads.share, align: 'right', cell: ({ share }) => formatShare(share) },
    { head: heads.pAdjusted, align: 'right', cell: ({ pAdjusted }) => formatP(pAdjusted) },
  ]);
  for (const text of effectsNotes(effects)) printSentences(inLanguage(text));
}
