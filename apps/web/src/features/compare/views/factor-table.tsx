'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { levelColours } from '#src/charts/colours.ts';
import { TableFiles } from '#src/charts/table-files.tsx';
import type { Factor } from '#src/contract/comparison.ts';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { CutName } from '#src/ui/cut-name.tsx';
import { Scroller } from '#src/ui/scroller.tsx';

interface Props {
  readonly factors: readonly Factor[];
  /** The compared factors. */
  readonly by: readonly string[];
}

const MOST_LEVELS = 12;
/** Of more factors than this only so many are shown at first. */
const FIRST_FACTORS = 24;

/** Each path that varies, and how many runs have each of its values. */
export function FactorTable({ factors, by }: Props) {
  const t = useTranslations('comparison');
  const chosen = factors.filter(({ follows }) => !follows);
  const following = factors.filter(({ follows }) => follows);
  const { nameValue } = useLevelName();
  const [all, setAll] = useState(false);
  const numbers = () => ({
    columns: [t('factor'), t('level'), t('runs')],
    rows: chosen.flatMap(({ path, levels, count }) => [
      ...levels.map(({ value, runs }) => [path, nameValue(value), runs]),
      ...(count > levels.length ? [[path, t('moreLevels', { count: count - levels.length }), null]] : []),
    ]),
  });
  return (
    <>
      <div className="mb-2 flex justify-end">
        <TableFiles title={t('differs')} numbers={numbers} />
      </div>
      <Scroller label={t('differs')}>
        <table className="table" data-testid="factors">
          <thead>
            <tr>
              <th scope="col">{t('factor')}</th>
              <th scope="col">{t('levelsWithRuns')}</th>
            </tr>
          </thead>
          <tbody>
            {(all ? chosen : chosen.slice(0, FIRST_FACTORS)).map((factor) => (
              <FactorRow key={factor.path} factor={factor} isColoured={factor.path === by[0]} />
            ))}
          </tbody>
        </table>
      </Scroller>
      {!all && chosen.length > FIRST_FACTORS && (
        <p className="mt-2 print:hidden">
          <button type="button" className="button" onClick={() => setAll(true)}>
            {t('allFactors', { count: chosen.length })}
          </button>
        </p>
      )}
      {following.length > 0 && (
        <p className="mt-2 max-w-[48rem] text-small text-muted">
          {t('follows', { paths: following.map(({ path }) => path).join(', ') })}
        </p>
      )}
    </>
  );
}

function FactorRow({ factor, isColoured }: { readonly factor: Factor; readonly isColoured: boolean }) {
  const t = useTranslations('comparison');
  const { whole } = useFormat();
  const { nameValue } = useLevelName();
  const { path, levels, count } = factor;
  const colours = levelColours(
    path,
    levels.map(({ value }) => value ?? undefined),
  );
  const shown = levels.slice(0, MOST_LEVELS);
  return (
    <tr data-factor={path}>
      <th scope="row" className="pr-6 font-mono !text-ink">
        {path}
      </th>
      <td>
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {shown.map(({ value, runs }) => {
            const colour = colours.get(value ?? undefined);
            return (
              <li key={`${typeof value} ${value}`} className="inline-flex max-w-[32ch] items-center gap-[6px]">
                {isColoured && colour && (
                  <svg width="8" height="8" viewBox="0 0 8 8" className="shrink-0" aria-hidden="true">
                    <circle cx="4" cy="4" r="4" style={{ fill: `light-dark(${colour.light}, ${colour.dark})` }} />
                  </svg>
                )}
                <span className={`truncate ${value === null ? 'text-muted' : ''}`} title={nameValue(value)}>
                  <CutName text={nameValue(value)} most={28} />
                </span>
                <span className="text-muted">{whole(runs)}</span>
              </li>
            );
          })}
          {count > shown.length && <li className="text-muted">{t('moreLevels', { count: count - shown.length })}</li>}
        </ul>
      </td>
    </tr>
  );
}
