import { parse } from 'yaml';
import type { EndNews, RunNews, SourceNews } from '../reading/events.ts';
import { Gather } from '../reading/gather.ts';
import type { Damage, FilePosition, FormatReader } from '../reading/reader.ts';
import { numberOfText } from '../tables/number-text.ts';
import { mlflowTag } from './mlflow-tags.ts';

// A run of MLflow's file store is a folder: `meta.yaml`, and a file for each param, tag and metric, whose path below
// `params`, `tags` or `metrics` is the key.

const FORMAT = 'mlflow';
const START: FilePosition = { offset: 0 };
const decoder = new TextDecoder();

/** The role of a file in a run's folder. */
export type MlflowPart = 'meta' | 'params' | 'tags' | 'metrics';

/** The run id in a `meta.yaml`; undefined where it is not a run's. */
export function mlflowRunId(bytes: Uint8Array): string | undefined {
  const { run_id: id, run_uuid: old, artifact_uri: artifacts } = metaOf(bytes) ?? {};
  return artifacts === undefined ? undefined : (id ?? old);
}

/** Reads a file of a run's folder; the rest of its path is the key. */
export function mlflowReader(part: MlflowPart, key: string): FormatReader {
  if (part === 'metrics') return { format: FORMAT, start: START, recognises: () => true, read: metricReader(key) };
  const say = part === 'meta' ? metaNews : part === 'params' ? paramNews(key) : tagNews(key);
  return {
    format: FORMAT,
    start: START,
    isRestated: true,
    recognises: () => true,
    read(bytes, position) {
      if (position.offset >= bytes.length && position.offset > 0) return { news: [], damage: [], position };
      const news = say(bytes);
      const damage: Damage[] = news === null ? [{ offset: 0, reason: NO_META }] : [];
      return { news: news ?? [], damage, position: { offset: bytes.length } };
    },
  };
}

/** The values of a `meta.yaml` as written; null where it is not one, or is being written. */
function metaOf(bytes: Uint8Array): Readonly<Record<string, string | undefined>> | null {
  try {
    const meta: unknown = parse(decoder.decode(bytes), { schema: 'failsafe' });
    return meta !== null && typeof meta === 'object' && !Array.isArray(meta) ? (meta as Record<string, string>) : null;
  } catch {
    return null;
  }
}

/** MLflow's numbers for how a run ended; 1 and 2 stand for running and scheduled. */
const ENDS: Readonly<Record<string, EndNews['status']>> = { 3: 'finished', 4: 'failed', 5: 'interrupted' };

function metaNews(bytes: Uint8Array): SourceNews[] | null {
  const meta = metaOf(bytes);
  if (meta === null) return null;
  const { run_name: name, start_time: start = '', end_time: end = '', status = '', user_id: user } = meta;
  const [startedAt, endedAt] = [numberOfText(start), numberOfText(end)];
  const news: RunNews = {
    kind: 'run',
    run: '',
    ...(name && { name }),
    ...(startedAt !== undefined && { startedAt }),
    facts: { writer: 'mlflow', ...(user && { user }) },
  };
  const ended = ENDS[status];
  return ended ? [news, { kind: 'end', run: '', status: ended, time: endedAt ?? null }] : [news];
}

const paramNews =
  (key: string) =>
  (bytes: Uint8Array): SourceNews[] => [{ kind: 'run', run: '', params: { [key]: decoder.decode(bytes) } }];

const tagNews =
  (key: string) =>
  (bytes: Uint8Array): SourceNews[] => {
    const news = mlflowTag(key, decoder.decode(bytes));
    return news === null ? [] : [news];
  };

const NEWLINE = 0x0a;

/** One line for each point: time in ms, value, and step, which the oldest files lack. */
const metricReader =
  (key: string): FormatReader['read'] =>
  (bytes, { offset }, ended = false) => {
    const gather = new Gather();
    const damage: Damage[] = [];
    let at = 0;
    while (at < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, at);
      if (newline < 0 && !ended) break;
      const end = newline < 0 ? bytes.length : newline + 1;
      const line = decoder.decode(bytes.subarray(at, end)).trim();
      const [time, value, step = 0] = line.split(' ').map(numberOfText);
      if (time !== undefined && value !== undefined) gather.point('', key, step, value, time);
      else if (line !== '') damage.push({ offset: offset + at, reason: NO_POINT });
      at = end;
    }
    return { news: gather.take(), damage, position: { offset: offset + at } };
  };

const NO_META = { en: 'is no YAML of a run; it is left out', zh: '不是运行的 YAML；已略过' };
const NO_POINT = {
  en: 'a line is no point (time value step); it is left out',
  zh: '一行不是数据点（时间 值 步数）；已略过',
};
