import { type FieldInfo, goalOf, parseField } from '@whorl/core';
import { type Column, isMeasured, NAME } from './columns.ts';
import { defaultColumns } from './default-columns.ts';
import type { QueryMistake } from './query-mistake.ts';
import { DEFAULT_VIEW, type TableView } from './table-view.ts';
import type { RowsQuery } from './windows.ts';

// The inputs of the table's queries. Server and page build them here, so that the page finds what the server read.

/** What an address asks for and cannot be shown. */
export interface Refused {
  readonly q: string;
  /** A mistake in its query; otherwise `message` says why it was refused. */
  readonly mistake: QueryMistake | null;
  readonly message: string | null;
}

/** The view to show for an address: without what was refused, as long as it is that very address. */
export function shownView(view: TableView, refused: Refused | null): TableView {
  if (refused?.q !== view.q) return view;
  return refused.mistake ? { ...view, q: '' } : DEFAULT_VIEW;
}

/** The input of `runs.fields` for an experiment's runs, or for its archived ones. */
export const fieldsInput = (experimentId: string, archived: boolean) => ({
  target: { experimentId, ...(archived ? { archived } : {}) },
});

/** The columns that a view shows. @param ofStudy the study's factors */
export const columnsOf = (
  view: TableView,
  infos: readonly FieldInfo[],
  ofStudy: readonly string[],
): readonly Column[] => view.cols ?? defaultColumns(infos, ofStudy);

/** The rows of a view. @param looks the fields that decide how a run is drawn */
export function rowsQuery(
  experimentId: string,
  view: TableView,
  columns: readonly Column[],
  looks: readonly string[],
): RowsQuery {
  return {
    experimentId,
    archived: view.archived,
    fields: [...new Set([NAME, ...columns.map(({ field }) => field), ...looks])],
    sort: view.sort,
  };
}

/** The columns of which groups have a mean. */
export const measuredOf = (columns: readonly Column[]): string[] =>
  columns.map(({ field }) => field).filter((field) => isMeasured(parseField(field)));

/** The input of `grouping.groups` for a grouped view. */
export function groupsInput(experimentId: string, view: TableView, columns: readonly Column[]) {
  const metrics = measuredOf(columns);
  const sort = view.sort.filter(({ field }) => view.group.includes(field) || metrics.includes(field));
  return {
    target: { experimentId, query: view.q, archived: view.archived },
    by: [...view.group],
    metrics,
    sort,
  };
}

const isHighestBest = (field: string): boolean => {
  const parsed = parseField(field);
  return parsed.kind === 'metric' && goalOf(parsed.key) === 'highest';
};

/** The input of `grouping.groups` for the table of configurations: finished runs only, the best mean first. */
export const summaryInput = (experimentId: string, by: readonly string[], summarized: readonly string[]) => ({
  target: { experimentId, query: 'status = "finished"', archived: false },
  by: [...by],
  metrics: [...summarized],
  sort: summarized.map((field) => ({ field, descending: isHighestBest(field) })),
});
