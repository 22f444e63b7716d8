import { encodeHistogram, HISTOGRAM_TYPE } from '../media/histogram-body.ts';
import type { RunNews } from '../reading/events.ts';
import type { Gather } from '../reading/gather.ts';

/** A row of neptune-exporter's table: one value of a run's attribute. */
export interface NeptuneRow {
  readonly project_id?: string | null;
  readonly run_id: string;
  readonly attribute_path: string;
  readonly attribute_type: string;
  readonly step: number | null;
  readonly timestamp: Date | null;
  readonly int_value?: bigint | number | null;
  readonly float_value: number | null;
  readonly string_value: string | null;
  readonly bool_value?: boolean | null;
  readonly datetime_value?: Date | null;
  readonly string_set_value?: readonly string[] | null;
  readonly histogram_value?: { readonly edges?: readonly number[]; readonly values?: readonly number[] } | null;
}

/** What a row says of its run. */
export function attributeNews(row: NeptuneRow, gather: Gather): void {
  const run = row.project_id ? `${row.project_id}/${row.run_id}` : row.run_id;
  const { attribute_path: key, attribute_type: type } = row;
  const time = row.timestamp?.getTime() ?? Number.NaN;
  const step = row.step ?? 0;
  if (type === 'float_series') {
    if (row.float_value !== null) gather.point(run, key, step, row.float_value, time);
  } else if (type === 'histogram_series' || type === 'histogram') {
    const { edges = [], values = [] } = row.histogram_value ?? {};
    const body = encodeHistogram({ edges: [...edges], counts: [...values] });
    if (edges.length !== values.length + 1) gather.unread(run, type);
    else
      gather.say({ kind: 'media', run, what: 'histogram', key, step, time, index: 0, mediaType: HISTOGRAM_TYPE, body });
  } else {
    const text = textOf(row);
    if (text === undefined) gather.unread(run, type);
    else gather.say(ofAttribute(run, key, text, row));
  }
}

/** A single value as text; undefined where the row has none. */
function textOf(row: NeptuneRow): string | undefined {
  const { attribute_type: type, string_set_value: set } = row;
  if (type === 'float') return row.float_value === null ? undefined : String(row.float_value);
  if (type === 'int') return row.int_value?.toString();
  if (type === 'string') return row.string_value ?? undefined;
  if (type === 'bool') return row.bool_value?.toString();
  if (type === 'datetime') return row.datetime_value?.toISOString();
  if (type === 'string_set') return set ? JSON.stringify(set) : undefined;
  return undefined;
}

/** Neptune's own attributes describe the run; the others are its params. */
function ofAttribute(run: string, key: string, text: string, row: NeptuneRow): RunNews {
  const news = { kind: 'run', run } as const;
  if (!key.startsWith('sys/')) return { ...news, params: { [key]: text } };
  const name = key.slice('sys/'.length);
  if (name === 'name') return { ...news, name: text };
  if (name === 'description') return { ...news, notes: text };
  if (name === 'creation_time' && row.datetime_value) return { ...news, startedAt: row.datetime_value.getTime() };
  if (name === 'owner') return { ...news, facts: { user: text } };
  if (name === 'hostname') return { ...news, facts: { host: text } };
  if (name === 'tags')
    return { ...news, tags: Object.fromEntries((row.string_set_value ?? []).map((tag) => [tag, ''])) };
  return { ...news, tags: { [key]: text } };
}
