import type { ExperimentRecord, KeyedText, Store } from '@whorl/store';
import { z } from 'zod';
import { madeDefault } from './experiments.ts';
import { list, MOST_RESULTS, optionalText, pageSize, viewType } from './fields.ts';
import { parseFilter, parseOrder, type Searched } from './filter.ts';
import { comparedBy, holds, type Reader } from './ordering.ts';
import { pageToken, readPageToken } from './page-token.ts';
import { type Route, route } from './route.ts';
import { NOTES_TAG } from './system-tags.ts';
import { writtenExperiment } from './written.ts';

const EXPERIMENTS: Searched = {
  entities: ['tag', 'attribute'],
  attributes: {
    name: 'name',
    experiment_id: 'experiment_id',
    creation_time: 'creation_time',
    last_update_time: 'last_update_time',
  },
  numeric: ['creation_time', 'last_update_time'],
  lists: ['experiment_id'],
  nullable: ['tag'],
};

interface Found {
  readonly record: ExperimentRecord;
  readonly tags: readonly KeyedText[];
  readonly read: Reader;
}

function readerOf(record: ExperimentRecord, tags: readonly KeyedText[]): Reader {
  const attributes = new Map<string, number | string>([
    ['name', record.name],
    ['experiment_id', record.id],
    ['creation_time', record.createdAt.getTime()],
    ['last_update_time', record.updatedAt.getTime()],
  ]);
  const byKey = new Map([...tags, ...(record.notes === '' ? [] : [[NOTES_TAG, record.notes] as const])]);
  return (entity, key) => (entity === 'tag' ? byKey.get(key) : attributes.get(key));
}

async function allOf(store: Store): Promise<Found[]> {
  await madeDefault(store);
  const records = await store.experiments.everything();
  const tags = store.experimentTags.of(records.map(({ id }) => id));
  return records.map((record) => {
    const own = tags.get(record.id) ?? [];
    return { record, tags: own, read: readerOf(record, own) };
  });
}

const DEFAULT_ORDER = ['creation_time DESC', 'experiment_id ASC'];

const message = z.object({
  max_results: pageSize(MOST_RESULTS, 1_000),
  page_token: optionalText,
  filter: optionalText,
  order_by: list(z.string()),
  view_type: viewType,
});

async function search(
  { store }: { readonly store: Store },
  { filter, order_by, view_type, max_results, page_token }: z.output<typeof message>,
) {
  const where = parseFilter(filter, EXPERIMENTS);
  const asked = (order_by.length === 0 ? DEFAULT_ORDER : order_by).map((clause) => parseOrder(clause, EXPERIMENTS));
  const order = asked.some(({ key }) => key === 'experiment_id')
    ? asked
    : [...asked, { entity: 'attribute' as const, key: 'experiment_id', descending: false }];
  const compared = (a: Reader, b: Reader): number =>
    order.reduce(
      (found, { entity, key, descending }) => found || comparedBy(a(entity, key), b(entity, key), descending),
      0,
    );
  const place = readPageToken(page_token, order.length);
  const at: Reader | null =
    place && ((entity, key) => place[order.findIndex((one) => one.entity === entity && one.key === key)] ?? undefined);
  const found = (await allOf(store))
    .filter(({ record }) => view_type === undefined || (record.archivedAt !== null) === view_type)
    .filter(({ read }) => where === null || holds(where, read))
    .filter(({ read }) => at === null || compared(read, at) > 0)
    .sort((a, b) => compared(a.read, b.read));
  const part = found.slice(0, max_results);
  const last = part.at(-1);
  return {
    experiments: part.map(({ record, tags }) => writtenExperiment(record, tags)),
    ...(found.length > part.length &&
      last && { next_page_token: pageToken(order.map(({ entity, key }) => last.read(entity, key) ?? null)) }),
  };
}

export const SEARCH_EXPERIMENTS_ROUTES: readonly Route[] = [
  route('POST', '/experiments/search', message, search),
  route('GET', '/experiments/search', message, search, { repeated: ['order_by'] }),
];
