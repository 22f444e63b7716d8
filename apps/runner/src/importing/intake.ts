import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { AnyReader, MediaNews } from '@whorl/formats';
import type { ImportedFile, PointBatch, Store } from '@whorl/store';
import { joined, type RunDigest } from './run-digest.ts';

/** What a file's runs are called, where the file itself says nothing. */
export interface RunNames {
  /** What the run of a file that has one is known by: that of several files may be the same. */
  readonly identity: string;
  readonly name: string;
  /** Who reads the file, where its place says so and not its bytes. */
  readonly reader?: AnyReader;
}

/** What came in of a file. */
export interface Taken {
  readonly runs: Set<string>;
  points: number;
  media: number;
  /** What is in the file and is not read, by how often. */
  readonly unread: Map<string, number>;
}

export const nothingTaken = (): Taken => ({ runs: new Set(), points: 0, media: 0, unread: new Map() });

/** The id of a run in the record, the same whenever and however often it is read. */
const runIdOf = (experimentId: string, format: string, identity: string): string => {
  const digest = createHash('sha256').update(`${experimentId}\n${format}\n${identity}`).digest();
  return [...digest.subarray(0, 12)].map((byte) => (byte % 32).toString(32)).join('');
};

/** A file of which something is written into the record. */
export interface Intake {
  readonly store: Store;
  readonly file: Omit<ImportedFile, 'runId' | 'position'>;
  readonly names: RunNames;
}

/**
 * Writes what a reading of a file says, with how far it was read, in one transaction; what lies in files is kept before, and
 * putting it again changes nothing.
 * @param at the run of the file, where it is known already, and the position before and after
 * @param from the place in each series of the first point that was read; behind what it has where it is left out
 * @returns the run of a file that has one
 * @throws StoreError
 */
export async function takeIn(
  intake: Intake,
  digests: ReadonlyMap<string, RunDigest>,
  at: { readonly runId: string | null; readonly before: string | null; readonly position: string },
  taken: Taken,
  from?: number,
): Promise<string | null> {
  const { store, file, names } = intake;
  const { experimentId, format } = file;
  let own = at.runId;
  const parts: { id: string; digest: RunDigest; news: RunDigest['news'] }[] = [];
  for (const [run, digest] of digests) {
    const news = await withCompanions(file.path, digest, taken);
    const id = (run === '' && own) || runIdOf(experimentId, format, run || (news.id ?? names.identity));
    // One that was read before and is not there any more was deleted: it does not come back by itself.
    if (run !== '' || own === null) begin(intake, id, run, digest, news);
    if (run === '') own = id;
    for (const media of digest.media) await keepMedia(intake, id, media, taken);
    parts.push({ id, digest, news });
  }
  store.imported.keep({ ...file, position: at.position, runId: own }, at.before, () => {
    for (const { id, digest, news } of parts) {
      store.logged.revise(id, revisionOf(news, digest));
      store.logged.log(id, { series: batchesOf(digest, file.modifiedAt, from) });
      const { end } = digest;
      if (end) store.logged.change(id, { status: end.status, endedAt: new Date(end.time ?? file.modifiedAt) });
    }
  });
  for (const { id, digest } of parts) count(taken, id, digest);
  return own;
}

function begin({ store, file, names }: Intake, id: string, run: string, digest: RunDigest, news: RunDigest['news']) {
  const times = [...digest.series.values()].flatMap((series) => series.times.slice(0, 1)).filter(Number.isFinite);
  store.logged.start({
    id,
    experimentId: file.experimentId,
    source: 'import',
    name: news.name ?? news.id ?? (run || names.name),
    startedAt: new Date(news.startedAt ?? (times.length > 0 ? Math.min(...times) : file.modifiedAt)),
    tags: {},
    environment: {},
  });
}

function revisionOf({ params, tags, notes, name, group, facts = {} }: RunDigest['news'], { restarts, end }: RunDigest) {
  const { commit, ...known } = facts;
  const again = restarts.at(-1);
  return {
    ...(params && { params }),
    tags: {
      ...tags,
      ...(group !== undefined && { project: group }),
      ...(again !== undefined && { 'restarted at step': String(again) }),
      ...(end?.error !== undefined && { error: end.error }),
    },
    environment: { ...known, ...(commit !== undefined && { git: { commit } }) },
    ...(notes !== undefined && { notes }),
    ...(name !== undefined && { name }),
  };
}

function batchesOf({ series }: RunDigest, modifiedAt: number, offset: number | undefined): PointBatch[] {
  return [...series].map(([key, { steps, values, times }]) => ({
    key,
    ...(offset !== undefined && { offset }),
    steps: Float64Array.from(steps),
    values: Float64Array.from(values),
    // A point that has no time is as old as the file.
    times: Float64Array.from(times, (time) => (Number.isFinite(time) ? time : modifiedAt)),
  }));
}

/** What is known of a run, with what files beside the source say. */
async function withCompanions(
  source: string,
  { news, companions }: RunDigest,
  taken: Taken,
): Promise<RunDigest['news']> {
  let known = news;
  for (const { path: place, read } of companions) {
    const bytes = await fileBeside(source, place);
    try {
      if (bytes) known = joined(known, read(bytes));
    } catch {
      addUnread(taken, place, 1);
    }
  }
  return known;
}

async function keepMedia({ store, file }: Intake, runId: string, media: MediaNews, taken: Taken): Promise<void> {
  const { body, key, step, index, what, mediaType, caption, time } = media;
  const data = body instanceof Uint8Array ? body : await fileBeside(file.path, body.path);
  if (!data) {
    addUnread(taken, (body as { path: string }).path, 1);
    return;
  }
  await store.logged.putFile(runId, {
    name: fileName(index === 0 ? key : `${key} ${index + 1}`),
    // A step below 0 stands for the whole run in the record.
    step: Math.max(0, Math.trunc(step)),
    mediaType,
    data,
    meta: { what, time, ...(caption !== undefined && { caption }) },
  });
  taken.media += 1;
}

/** A name that the record takes: with names between its slashes, and not too long. */
const fileName = (key: string): string => {
  const parts = key.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  return (parts.join('/') || 'media').slice(0, 400);
};

/** A file that a source names, in the folder of the source or below; null where there is none, or it lies elsewhere. */
async function fileBeside(source: string, place: string): Promise<Buffer | null> {
  try {
    const folder = await realpath(path.dirname(source));
    const file = await realpath(path.join(folder, place));
    return file.startsWith(folder + path.sep) ? await readFile(file) : null;
  } catch {
    return null;
  }
}

const addUnread = ({ unread }: Taken, what: string, times: number) => unread.set(what, (unread.get(what) ?? 0) + times);

function count(taken: Taken, runId: string, { series, unread }: RunDigest): void {
  taken.runs.add(runId);
  for (const { steps } of series.values()) taken.points += steps.length;
  for (const [what, times] of unread) addUnread(taken, what, times);
}
