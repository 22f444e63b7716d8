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
  /** A message while the runs are being read; null once they are there. */
  readonly unread: string | null;
  readonly quantities: readonly Quantity[];
  readonly nameOf: (quantity: Quantity) => string;
  readonly lookOf: (run: ComparedRun) => Look;
  readonly selection: ComparedSelection;
  /** The experiment whose table has all runs. */
  readonly experimentId: string | null;
}

const MOST_ROWS = 200;

/** A table of the compared runs: what differs and what they reached. It shows only selected runs, if there are any. */
export function ComparedRunsTable({ runs, unread, quantities, nameOf, lookOf, selection, experimentId }: Props) {
  const t = useTranslations('comparison');
  const { ids } = selection;
  const chosen = ids.size > 0 && selection.isAlone ? runs.filter(({ id }) => ids.has(id)) : runs;
  const shown = chosen.slice(0, MOST_ROWS);
  const title = t('comparedRuns');
  const numbersOf = useNumbers(quantities, nameOf);
  const textOf = useTexts(runs, quantities);
  // Results stand before settings.
  const columns = [
    ...quantities.filter(({ kind }) => kind === 'metric'),
    ...quantities.filter(({ kind }) => kind === 'factor'),
  ];
  return (
    <div data-testid="compared-runs">
      <div className="mb-2 flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Count {...{ unread, experimentId }} runs={runs.length} shown={shown.length} selected={ids.size} />
        <div className="flex items-center gap-2">
          {ids.size > 0 && <SelectedAlone selection={selection} />}
          <TableFiles title={title} numbers={() => numbersOf(chosen)} />
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
              {columns.map((quantity) => (
                <th key={quantity.field} scope="col" className={quantity.kind === 'metric' ? 'number' : 'font-mono'}>
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
              <Row
                key={run.id}
                {...{ run, columns, textOf }}
                look={lookOf(run)}
                isSelected={ids.has(run.id)}
                onToggle={() => selection.toggle(run.id)}
              />
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}

type CellOf = (quantity: Quantity, run: ComparedRun) => string | null;

/** The text of a cell; null where the run has no value. All numbers of a column have the same decimals. */
function useTexts(runs: readonly ComparedRun[], quantities: readonly Quantity[]): CellOf {
  const { column } = useFormat();
  const { nameValue } = useLevelName();
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
  return ({ kind, field }, { values }) => {
    const value = values.get(field) ?? null;
    if (value === null) return null;
    return kind === 'metric' && typeof value === 'number' ? formatOf(field)(value) : nameValue(value);
  };
}

/** The contents of a downloaded file. */
function useNumbers(quantities: readonly Quantity[], nameOf: (quantity: Quantity) => string) {
  const t = useTranslations('comparison');
  const { nameValue } = useLevelName();
  return (runs: readonly ComparedRun[]) => ({
    columns: ['id', t('run'), t('seedColumn'), t('status'), ...quantities.map(nameOf)],
    rows: runs.map((run) => [
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
  });
}

interface CountProps extends Pick<Props, 'unread' | 'experimentId'> {
  readonly runs: number;
  readonly shown: number;
  readonly selected: number;
}

/** How many of the compared runs are shown, and where to find the others. */
function Count({ unread, experimentId, runs, shown, selected }: CountProps) {
  const t = useTranslations('comparison');
  const { whole } = useFormat();
  const { experimentHref } = useReach();
  const said = () => {
    if (selected > 0) return t('runsSelected', { count: selected, total: runs });
    return runs > shown ? t('runsFirst', { shown, total: whole(runs) }) : t('runsShown', { count: runs });
  };
  return (
    <p className="text-small text-muted" aria-live="polite">
      {unread ?? said()}
      {runs > shown && experimentId && experimentHref && (
        <>
          {' '}
          <PageLink className="link" href={experimentHref(experimentId)}>
            {t('allInExperiment')}
          </PageLink>
        </>
      )}
    </p>
  );
}

/** A checkbox that limits the table to selected runs, and a button that clears the selection. */
function SelectedAlone({ selection: { isAlone, setAlone, clear } }: { readonly selection: ComparedSelection }) {
  const t = useTranslations('comparison');
  return (
    <>
      <label className="inline-flex items-center gap-2 text-small">
        <input
          type="checkbox"
          className="accent-accent"
          checked={isAlone}
          onChange={(event) => setAlone(event.target.checked)}
        />
        {t('selectedAlone')}
      </label>
      <button type="button" className="button" onClick={clear}>
        {t('clearSelection')}
      </button>
    </>
  );
}

interface RowProps {
  readonly run: ComparedRun;
  readonly columns: readonly Quantity[];
  readonly textOf: CellOf;
  readonly look: Look;
  readonly isSelected: boolean;
  readonly onToggle: () => void;
}

function Row({ run, columns, textOf, look, isSelected, onToggle }: RowProps) {
  const t = useTranslations('comparison');
  return (
    <tr data-run={run.id} data-selected={isSelected} className={isSelected ? 'bg-sunk' : undefined}>
      <td className="w-8 !pr-2">
        <input
          type="checkbox"
          className="align-middle accent-accent"
          aria-label={t('selectRun', { name: run.name })}
          checked={isSelected}
          onChange={onToggle}
        />
      </td>
      <td className="max-w-[16ch] sm:max-w-[32ch]">
        <RunLabel named={{ run, name: run.name, look }} />
      </td>
      {columns.map((quantity) => (
        <td key={quantity.field} className={quantity.kind === 'metric' ? 'number' : 'max-w-[24ch] truncate'}>
          {textOf(quantity, run) ?? (
            <span className="text-muted">{quantity.kind === 'metric' ? '–' : t('absent')}</span>
          )}
        </td>
      ))}
      <td className="number">{run.seed === null ? '–' : String(run.seed)}</td>
      <td>
        <StatusMark status={run.status} />
      </td>
    </tr>
  );
}
