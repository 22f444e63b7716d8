'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import type { Look } from '#src/charts/looks.ts';
import { TableFiles } from '#src/charts/table-files.tsx';
import { RunLabel } from '#src/features/boundaries/run-label.tsx';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { PageLink } from '#src/ui/page-link.tsx';
import { Scroller } from '#src/ui/scroller.tsx';
import { StatusMark } from '#src/ui/status-mark.tsx';
import type { ComparedRun, Quantity } from './use-runs.ts';
import type { ComparedSelection } from './use-selection.ts';

interface Props {
  readonly runs: readonly ComparedRun[];
  /** What to say while nothing is known of them; null once it is. */
  readonly unread: string | null;
  readonly quantities: readonly Quantity[];
  readonly nameOf: (quantity: Quantity) => string;
  readonly lookOf: (run: ComparedRun) => Look;
  readonly selection: ComparedSelection;
  /** The experiment whose table has all of them. */
  readonly experimentId: string | null;
}

const MOST_ROWS = 200;

/** The compared runs: in what they differ, and what they reached. Where some are selected, those alone. */
export function ComparedRunsTable({ runs, unread, quantities, nameOf, lookOf, selection, experimentId }: Props) {
  const t = useTranslations('comparison');
  const { experimentHref } = useReach();
  const { column, whole } = useFormat();
  const { nameValue } = useLevelName();
  const { ids } = selection;
  const chosen = ids.size > 0 && selection.isAlone ? runs.filter(({ id }) => ids.has(id)) : runs;
  const shown = chosen.slice(0, MOST_ROWS);
  const title = t('comparedRuns');
  const formats = useMemo(
    () =>
      new Map(
        quantities.map(({ field }) => {
          const cells = runs.map(({ values }) => values.get(field));
          return [field, column(cells.filter((cell) => typeof cell === 'number'))];
        }),
      ),
    [runs, quantities, column],
  );
  const formatOf = (field: string) => formats.get(field) ?? column([]);
  const text = ({ kind, field }: Quantity, { values }: ComparedRun) => {
    const value = values.get(field) ?? null;
    if (value === null) return <span className="text-muted">{kind === 'metric' ? '–' : t('absent')}</span>;
    return kind === 'metric' && typeof value === 'number' ? formatOf(field)(value) : nameValue(value);
  };
  return (
    <div data-testid="compared-runs">
      <div className="mb-2 flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-small text-muted" aria-live="polite">
          {unread !== null
            ? unread
            : ids.size > 0
              ? t('runsSelected', { count: ids.size, total: runs.length })
              : runs.length > shown.length
                ? t('runsFirst', { shown: shown.length, total: whole(runs.length) })
                : t('runsShown', { count: runs.length })}
          {runs.length > shown.length && experimentId && experimentHref && (
            <>
              {' '}
              <PageLink className="link" href={experimentHref(experimentId)}>
                {t('allInExperiment')}
              </PageLink>
            </>
          )}
        </p>
        <div className="flex items-center gap-2">
          {ids.size > 0 && (
            <label className="inline-flex items-center gap-2 text-small">
              <input
                type="checkbox"
                className="accent-accent"
                checked={selection.isAlone}
                onChange={(event) => selection.setAlone(event.target.checked)}
              />
              {t('selectedAlone')}
            </label>
          )}
          {ids.size > 0 && (
            <button type="button" className="button" onClick={selection.clear}>
              {t('clearSelection')}
            </button>
          )}
          <TableFiles
            title={title}
            numbers={() => ({
              columns: ['id', t('run'), t('seedColumn'), t('status'), ...quantities.map(nameOf)],
              rows: chosen.map((run) => [
                run.id,
                run.name,
                run.seed === null ? null : Number(run.seed),
                run.status,
                ...quantities.map(({ field, kind }) => {
                  const value = run.values.get(field) ?? null;
                  if (value === null) return null;
                  return typeof value === 'number' && kind === 'metric' ? value : nameValue(value);
                }),
              ]),
            })}
          />
        </div>
      </div>
      <Scroller label={title}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">{t('select')}</span>
              </th>
              <th scope="col">{t('run')}</th>
              {quantities
                .filter(({ kind }) => kind === 'metric')
                .map((quantity) => (
                  <th key={quantity.field} scope="col" className="number">
                    {nameOf(quantity)}
                  </th>
                ))}
              {quantities
                .filter(({ kind }) => kind === 'factor')
                .map((quantity) => (
                  <th key={quantity.field} scope="col" className="font-mono">
                    {nameOf(quantity)}
                  </th>
                ))}
              <th scope="col" className="number">
                {t('seedColumn')}
              </th>
              <th scope="col">{t('status')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((run) => (
              <tr
                key={run.id}
                data-run={run.id}
                data-selected={ids.has(run.id)}
                className={ids.has(run.id) ? 'bg-sunk' : undefined}
              >
                <td className="w-8 !pr-2">
                  <input
                    type="checkbox"
                    className="align-middle accent-accent"
                    aria-label={t('selectRun', { name: run.name })}
                    checked={ids.has(run.id)}
                    onChange={() => selection.toggle(run.id)}
                  />
                </td>
                <td className="max-w-[16ch] sm:max-w-[32ch]">
                  <RunLabel named={{ run, name: run.name, look: lookOf(run) }} />
                </td>
                {quantities
                  .filter(({ kind }) => kind === 'metric')
                  .map((quantity) => (
                    <td key={quantity.field} className="number">
                      {text(quantity, run)}
                    </td>
                  ))}
                {quantities
                  .filter(({ kind }) => kind === 'factor')
                  .map((quantity) => (
                    <td key={quantity.field} className="max-w-[24ch] truncate">
                      {text(quantity, run)}
                    </td>
                  ))}
                <td className="number">{run.seed === null ? '–' : String(run.seed)}</td>
                <td>
                  <StatusMark status={run.status} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}
