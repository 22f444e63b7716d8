'use client';

import { differenceFormat, type NumberFormat, PAIR_WORD, pairName } from '@whorl/core';
import { Fragment, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { TableFiles } from '#src/charts/table-files.tsx';
import type { Analysis, LevelAnswer, PairAnswer } from '#src/contract/comparison.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { Scroller } from '#src/ui/scroller.tsx';

/** Pairs that were tested together. */
interface Group extends Pick<Analysis, 'levels' | 'pairs' | 'method'> {
  /** The level of another factor at which they are compared; null where it is the whole comparison. */
  readonly head: string | null;
  readonly nameOf: (level: LevelAnswer) => string;
}

interface Props {
  readonly groups: readonly Group[];
  /** The factor at whose levels the groups are compared. */
  readonly on: string | null;
  readonly margin: number | null;
}

const FIRST = 20;
const ALPHA = 0.05;

/** All pairs of levels: the difference over runs that share the seed and everything else. */
export function PairsTable({ groups, on, margin }: Props) {
  const t = useTranslations('comparison');
  const { column } = useFormat();
  const [all, setAll] = useState(false);
  const pairs = groups.flatMap((group) => {
    const names = new Map(group.levels.map((level) => [level.level, group.nameOf(level)]));
    return group.pairs.map((pair, i) => ({
      pair,
      head: i === 0 ? group.head : null,
      facet: group.head ?? '',
      a: names.get(pair.a) ?? pair.a,
      b: names.get(pair.b) ?? pair.b,
    }));
  });
  const shown = all ? pairs : pairs.slice(0, FIRST);
  const number = differenceFormat(pairs.map(({ pair }) => pair));
  const effect = column(pairs.map(({ pair }) => pair.effectSize));
  const title = t('pairs');
  return (
    <div className="mt-8">
      <div className="mb-1 flex items-center justify-between gap-4">
        <h3 className="font-medium">{title}</h3>
        <TableFiles
          title={title}
          numbers={() => ({
            columns: [
              ...(on === null ? [] : [on]),
              'a',
              'b',
              t('nPairs'),
              t('difference'),
              t('low'),
              t('high'),
              'p',
              t('pAdjusted'),
              t('effectSize'),
            ],
            rows: pairs.map(({ pair, a, b, facet }) => [
              ...(on === null ? [] : [facet]),
              a,
              b,
              pair.nPairs,
              pair.difference,
              pair.ci95?.[0],
              pair.ci95?.[1],
              pair.p,
              pair.pAdjusted,
              pair.effectSize,
            ]),
          })}
        />
      </div>
      <p className="mb-2 max-w-[42rem] text-small text-muted">
        {note(t, groups)} {on !== null && t('pairsAt', { on })}
      </p>
      <Scroller label={title}>
        <table className="table" data-testid="pairs">
          <thead>
            <tr>
              <th scope="col">{pairName('a', 'b')}</th>
              <th scope="col" className="number">
                {t('difference')} <span className="whitespace-nowrap">a − b</span>
              </th>
              <th scope="col" className="number">
                {t(pairs.length > 1 ? 'together' : 'interval')}
              </th>
              <th scope="col" className="number">
                {t('pAdjusted')}
              </th>
              <th scope="col" className="number">
                {t('effectSize')}
              </th>
              <th scope="col" className="number">
                {t('nPairs')}
              </th>
              <th scope="col" className="!pl-4">
                {t('reading')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ pair, head, facet, a, b }) => (
              <Fragment key={`${facet}\n${pair.a}\n${pair.b}`}>
                {head !== null && (
                  <tr>
                    <th scope="rowgroup" colSpan={7} className="!pt-4 font-normal">
                      {on === null ? head : t('at', { on, level: head })}
                    </th>
                  </tr>
                )}
                <PairRow {...{ pair, facet, a, b, margin, number, effect }} />
              </Fragment>
            ))}
          </tbody>
        </table>
      </Scroller>
      {shown.length < pairs.length && (
        <button type="button" className="button mt-2" onClick={() => setAll(true)}>
          {t('allPairs', { count: pairs.length })}
        </button>
      )}
    </div>
  );
}

/** A pair of levels as a row: its names, difference, interval, adjusted p, effect size and number of seeds. */
function PairRow({
  pair,
  facet,
  a,
  b,
  margin,
  number,
  effect,
}: {
  readonly pair: PairAnswer;
  readonly facet: string;
  readonly a: string;
  readonly b: string;
  readonly margin: number | null;
  readonly number: NumberFormat;
  readonly effect: NumberFormat;
}) {
  const t = useTranslations('comparison');
  const { whole } = useFormat();
  const { interval, p, signed } = useStatisticsText();
  return (
    <tr data-a={pair.a} data-b={pair.b} data-facet={facet}>
      {/* Names are below each other, so that they do not run into the numbers, and a minus sign in a name is not taken for a difference. */}
      <th scope="row" className="max-w-[44ch] min-w-[18ch] [overflow-wrap:anywhere] whitespace-normal !text-ink">
        <span className="block">{a}</span>
        <span className="block">
          <span className="font-normal text-muted">{PAIR_WORD} </span>
          {b}
        </span>
      </th>
      <td className="number">
        {pair.signs ? t('ahead', pair.signs) : pair.difference === undefined ? '–' : signed(pair.difference, number)}
      </td>
      <td className="number">{interval(pair.ci95, number)}</td>
      <td className="number">{pair.pAdjusted === undefined ? '–' : p(pair.pAdjusted)}</td>
      <td className="number">
        {pair.effectSize === undefined || pair.effectSize === null ? '–' : effect(pair.effectSize)}
      </td>
      <td className="number">{whole(pair.nPairs)}</td>
      <td className="!pl-4 whitespace-nowrap">
        <Reading pair={pair} margin={margin} />
      </td>
    </tr>
  );
}

/** How pairs were tested, and where another test than usual was needed, why. */
function note(t: ReturnType<typeof useTranslations<'comparison'>>, groups: readonly Group[]): string {
  const tested = groups.map(({ method }) =>
    t('pairsTested', {
      correction: method?.correction ?? 'none',
      because: method?.because ?? 'none',
      spread: method?.spread ?? 'none',
    }),
  );
  // The levels of another factor may have been tested differently. The most common way is described.
  const [said = ''] = [...new Set(tested)].sort((a, b) => count(tested, b) - count(tested, a));
  return t('verdict.sentences', { first: t('pairsNote'), second: said });
}

const count = (all: readonly string[], one: string): number => all.filter((other) => other === one).length;

/** The numbers of a pair in words. */
function Reading({
  pair: { pAdjusted, pSame = 1, nDiverged, pairsNeeded, confounds },
  margin,
}: {
  readonly pair: PairAnswer;
  readonly margin: number | null;
}) {
  const { metric: number } = useFormat();
  const t = useTranslations('comparison.readings');
  if (pAdjusted === undefined) {
    return <span className="text-muted">{nDiverged > 0 ? t('diverged', { count: nDiverged }) : t('tooFew')}</span>;
  }
  if (margin !== null && pSame < ALPHA && confounds.length === 0) {
    return <span className="font-medium">{t('sameWithin', { margin: number(margin) })}</span>;
  }
  if (pAdjusted < ALPHA && confounds.length > 0) return <span className="text-caution">{t('differConfounded')}</span>;
  if (pAdjusted < ALPHA) return <span className="font-medium">{t('differ')}</span>;
  return (
    <span className="text-muted">
      {typeof pairsNeeded === 'number' ? t('sameNeeds', { needed: pairsNeeded }) : t('same')}
    </span>
  );
}
