import type { ConditionField, ConditionOperator, RunCondition } from '@whorl/store';
import { z } from 'zod';
import { invalidParameter } from './errors.ts';
import { list, MOST_RESULTS, optionalText, pageSize, viewType } from './fields.ts';
import { type Filter, type FilterComparison, parseFilter, parseOrder, type Searched } from './filter.ts';
import { holds } from './ordering.ts';
import { pageToken, readPageToken } from './page-token.ts';
import { type Route, route } from './route.ts';
import { writtenRuns } from './runs-written.ts';
import { NAME_TAG, NOTES_TAG, USER_TAG } from './system-tags.ts';
import { STATUS_NAMES } from './written.ts';

const RUNS: Searched = {
  entities: ['metric', 'parameter', 'tag', 'attribute', 'dataset'],
  attributes: {
    run_id: 'run_id',
    run_name: 'run_name',
    'run name': 'run_name',
    'Run name': 'run_name',
    'Run Name': 'run_name',
    user_id: 'user_id',
    status: 'status',
    start_time: 'start_time',
    end_time: 'end_time',
    artifact_uri: 'artifact_uri',
    created: 'start_time',
    Created: 'start_time',
  },
  numeric: ['start_time', 'end_time'],
  lists: ['run_id'],
  nullable: ['tag', 'parameter'],
};

const ATTRIBUTES: Readonly<Record<string, ConditionField>> = {
  run_id: { kind: 'column', key: 'id' },
  run_name: { kind: 'column', key: 'name' },
  user_id: { kind: 'tag', key: USER_TAG },
  status: { kind: 'column', key: 'status' },
  start_time: { kind: 'column', key: 'started' },
  end_time: { kind: 'column', key: 'ended' },
  artifact_uri: { kind: 'column', key: 'artifacts' },
};
/** Tags that are something else here. */
const TAGS: ReadonlyMap<string, ConditionField> = new Map([
  [NAME_TAG, { kind: 'column', key: 'name' }],
  [NOTES_TAG, { kind: 'column', key: 'notes' }],
]);

function fieldOf({ entity, key }: Pick<FilterComparison, 'entity' | 'key'>): ConditionField {
  switch (entity) {
    case 'metric':
      return { kind: 'metric', key };
    case 'parameter':
      return { kind: 'param', key };
    case 'tag':
      return TAGS.get(key) ?? { kind: 'tag', key };
    case 'dataset':
      return { kind: 'dataset', key: key as 'name' | 'digest' | 'context' };
    case 'attribute':
      return ATTRIBUTES[key] as ConditionField;
  }
}

/** A filter as the record is asked. */
function conditionOf(filter: Filter): RunCondition {
  if (filter.kind === 'not') return { kind: 'not', term: conditionOf(filter.term) };
  if (filter.kind !== 'compare') return { kind: filter.kind, terms: filter.terms.map(conditionOf) };
  if (filter.entity === 'attribute' && filter.key === 'status') return statusCondition(filter);
  const operator = filter.comparator.toLowerCase() as ConditionOperator;
  return { kind: 'compare', field: fieldOf(filter), operator, value: filter.value };
}

/** A status has another word here: it is those of which the comparison is true of MLflow's. */
function statusCondition(comparison: FilterComparison): RunCondition {
  const meant = Object.entries(STATUS_NAMES).flatMap(([status, name]) =>
    holds(comparison, () => name) ? [status] : [],
  );
  return { kind: 'compare', field: { kind: 'column', key: 'status' }, operator: 'in', value: meant };
}

const MOST_ORDERS = 16;

/** What runs are ordered by. @throws MlflowError */
function orderOf(clauses: readonly string[]) {
  if (clauses.length > MOST_ORDERS)
    throw invalidParameter(`order_by: expected at most ${MOST_ORDERS} clauses, got ${clauses.length}`);
  const order = clauses.map((clause) => {
    const { descending, ...named } = parseOrder(clause, RUNS);
    if (named.entity === 'dataset') throw invalidParameter(`Invalid order_by entity type '${named.entity}'`);
    return { field: fieldOf(named), descending };
  });
  const fields = order.map(({ field }) => JSON.stringify(field));
  if (new Set(fields).size < fields.length) {
    throw invalidParameter(`\`order_by\` contains duplicate fields: ${JSON.stringify(clauses)}`);
  }
  return order;
}

export const SEARCH_ROUTES: readonly Route[] = [
  route(
    'POST',
    '/runs/search',
    z.object({
      experiment_ids: list(z.string()),
      filter: optionalText,
      run_view_type: viewType,
      max_results: pageSize(MOST_RESULTS, 1_000),
      order_by: list(z.string()),
      page_token: optionalText,
    }),
    ({ store }, { experiment_ids, filter, run_view_type, max_results, order_by, page_token }) => {
      const where = parseFilter(filter, RUNS);
      const order = orderOf(order_by);
      const { ids, next } = store.logged.search({
        experimentIds: experiment_ids,
        where: where && conditionOf(where),
        archived: run_view_type,
        order,
        after: readPageToken(page_token, 2 * order.length + 2),
        limit: max_results,
      });
      return { runs: writtenRuns(store, ids), ...(next && { next_page_token: pageToken(next) }) };
    },
  ),
];
