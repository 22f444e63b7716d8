import { type FieldInfo, goalOf, parseField } from '@whorl/core';
import { type Column, isMeasured, NAME } from './columns.ts';
import { defaultColumns } from './default-columns.ts';
import type { QueryMistake } from './query-mistake.ts';
import { DEFAULT_VIEW, type TableView } from './table-view.ts';
import type { RowsQuery } from './windows.ts';

// What a view asks the server for. The first paint and the page itself ask for the same, so that the page finds what
// the server read.

/** What an address asks for and cannot be given. */
export interface Refused {
  readonly q: string;
  /** What is wrong with its query, or else why it is refused. */
  readonly mistake: QueryMistake | null;
  readonly message: string | null;
}

/** The view to show for the one of the address, as long as that is the one that was refused. */
export function shownView(view: TableView, refused: Refused | null): TableView {
  if (refused?.q !== view.q) return view;
  return refused.mistake ? { ...view, q: '' } : DEFAULT_VIEW;
}

/** The input of `runs.fields` for an experiment's runs, or for those that are put away. */
export const fieldsInput = (experimentId: string, archived: boolean) => ({
  target: { experimentId, ...(archived ? { archived } : {}) },
});

/** The columns that a view shows. */
/** @param ofStudy the factors of the experiment's study */
export const columnsOf = (
  view: TableView,
  infos: readonly FieldInfo[],
  ofStudy: readonly string[],
): readonly Column[] => view.cols ?? defaultColumns(infos, ofStudy);

/** What the rows of a view are of. `looks` are the fields that say how a run is drawn. */
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

/** The columns of which a group has a mean. */
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

/** The input of `grouping.groups` for the summary by configuration: of finished runs alone, the best mean first. */
export const summaryInput = (experimentId: string, by: readonly string[], summarized: readonly string[]) => ({
  target: { experimentId, query: 'status = "finished"', archived: false },
  by: [...by],
  metrics: [...summarized],
  sort: summarized.map((field) => ({ field, descending: isHighestBest(field) })),
});
