import type { Store } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import type { MediaFile, MediaGroup } from '../src/contract/media.ts';
import { filesAt, mediaRows, stepsOf } from '../src/features/media/model/at-step.ts';
import { histogramBars, histogramEnds } from '../src/features/media/model/histogram-bars.ts';
import { answerArtifact } from '../src/server/http.ts';
import { mediaPlace } from '../src/server/record/media-place.ts';
import { createCaller } from '../src/server/router.ts';
import { guestOf, ownerOf, temporaryStore } from './record.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const HOSTILE = '<script>document.title="stolen"</script>';
const SVG = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;

const OCTETS = 'application/octet-stream';
const place = (name: string, mediaType = OCTETS, meta = {}, step = -1) =>
  mediaPlace({ name: `files/${name}`, mediaType, meta, step });

/** A run of another program. */
async function loggedRun(store: Store, experiment = 'logged') {
  const found = await store.experiments.find(experiment);
  const { id: experimentId } = found ?? (await store.experiments.create(experiment, null));
  const id = store.logged.start({
    ...{ experimentId, source: 'client', name: 'a', startedAt: new Date(), tags: {}, environment: {} },
  });
  const put = (name: string, mediaType: string, data: string | Buffer, step?: number) =>
    store.logged.putFile(id, { name, mediaType, data: Buffer.from(data), ...(step === undefined ? {} : { step }) });
  return { id, experimentId, put };
}

describe('what a file is shown as', () => {
  it('is what its program said, else what its name says; what could run is text or a file', () => {
    expect(place('a.png')).toEqual({ key: 'a.png', step: null, kind: 'image', mediaType: 'image/png' });
    expect(place('samples/x', 'image/webp', {}, 7)).toMatchObject({ key: 'samples/x', step: 7, kind: 'image' });
    expect(place('w', 'application/json', { what: 'histogram' }, 0)).toMatchObject({ kind: 'histogram', step: 0 });
    for (const name of ['a.md', 'b.csv', 'c.parquet', 'd.json', 'e.py', 'f.html', 'g.svg', 'h.log']) {
      expect({ name, kind: place(name)?.kind }).toEqual({ name, kind: 'document' });
    }
    for (const name of ['model.pt', 'video.mp4', 'noend', 'constructor', 'a.toString']) {
      expect({ name, kind: place(name)?.kind }).toEqual({ name, kind: 'file' });
    }
    expect(mediaPlace({ name: 'boundary', mediaType: 'image/png', meta: {}, step: 1 }), 'of Whorl itself').toBeNull();
  });

  it('bug: what MLflow’s client logs as text/plain, a table and Markdown too, is what its name says', () => {
    expect(place('table.json', 'text/plain')?.mediaType).toBe('application/json');
    expect(place('notes.md', 'text/plain; charset=utf-8')?.mediaType).toBe('text/markdown');
    expect(place('noend', 'text/plain')).toMatchObject({ kind: 'document', mediaType: 'text/plain' });
  });

  it('of MLflow: key and step are in the name, and the smaller copy is left out', () => {
    const name = 'images/val#samples%step%12%timestamp%1764400000000%g1b2c3';
    expect(place(`${name}.png`)).toEqual({ key: 'val/samples', step: 12, kind: 'image', mediaType: 'image/png' });
    expect(place(`${name}%compressed.webp`)).toBeNull();
    const newer = 'images/val~samples+step+12+timestamp+1764400000000+g1b2c3';
    expect(place(`${newer}.png`)).toMatchObject({ key: 'val/samples', step: 12 });
    expect(place(`${newer}+compressed.webp`)).toBeNull();
    expect(place('images/plain.png')).toMatchObject({ key: 'images/plain.png', step: null });
  });

  it('at a step is the latest up to it; files of the whole run are there at any', () => {
    const file = (id: number, step: number | null): MediaFile => ({ id, step, size: 1, version: '' });
    const files = [file(1, 0), file(2, 10), file(3, 10), file(4, 20)];
    expect(filesAt(files, 15).map(({ id }) => id)).toEqual([2, 3]);
    expect(filesAt(files, -1)).toEqual([]);
    expect(filesAt([file(9, null)], 3).map(({ id }) => id)).toEqual([9]);
    const group = (runId: string, key: string, own: MediaFile[]): MediaGroup => ({
      ...{ runId, key, kind: 'image', mediaType: 'image/png', files: own },
    });
    const groups = [group('r1', 'a', files), group('r2', 'a', [file(5, 5)]), group('r2', 'b', [])];
    expect(stepsOf(groups)).toEqual([0, 5, 10, 20]);
    expect(mediaRows(groups, ['r1', 'r2']).map(({ key, groups: own }) => [key, own.map((one) => one?.runId)])).toEqual([
      ['a', ['r1', 'r2']],
      ['b', [undefined, 'r2']],
    ]);
  });

  it('bars of a histogram are densities, without the endless outer buckets', () => {
    expect(histogramBars([0, 1, 3], [2, 4])).toEqual([
      { x: 0, width: 1 / 3, height: 1 },
      { x: 1 / 3, width: 2 / 3, height: 1 },
    ]);
    const endless = [-1.7976931348623157e308, 0, 1, 1.7976931348623157e308];
    expect(histogramBars(endless, [0, 5, 0])).toEqual([{ x: 0, width: 1, height: 1 }]);
    expect(histogramEnds(endless, [0, 5, 0])).toEqual([0, 1]);
    expect(histogramBars([0, 1], [0])).toEqual([]);
    expect(histogramEnds([], [])).toBeNull();
  });
});

describe('media of a run', () => {
  it('are listed by key, and read as what they hold', async () => {
    const store = await temporaryStore();
    const { id, put } = await loggedRun(store);
    await put('samples', 'image/png', PNG, 10);
    await put('samples', 'image/png', PNG, 2);
    await put('notes.md', 'text/markdown', '# A note');
    await put('scores.csv', 'text/csv', 'a,b\n1,2\n');
    await put('table.json', OCTETS, JSON.stringify({ columns: ['x'], data: [[1]] }));
    await put('plain.json', OCTETS, '{"a":1}');
    await put('weights.bin', OCTETS, Buffer.from([0, 1, 2]));
    await put('lies.txt', 'text/plain', Buffer.from([0xff, 0xfe, 0]));
    const caller = createCaller(ownerOf(store));
    const groups = await caller.media.list({ runIds: [id] });
    const steps = groups.find(({ key }) => key === 'samples')?.files.map(({ step }) => step);
    expect(steps).toEqual([2, 10]);
    expect(Object.fromEntries(groups.map(({ key, kind }) => [key, kind]))).toMatchObject({
      ...{ samples: 'image', 'notes.md': 'document', 'scores.csv': 'document', 'weights.bin': 'file' },
    });
    const read = (key: string) => {
      const [file] = groups.find((group) => group.key === key)?.files ?? [];
      return caller.media.content({ runIds: [id], id: file?.id ?? 0, version: file?.version ?? '' });
    };
    expect(await read('notes.md')).toEqual({ kind: 'markdown', text: '# A note', isCut: false });
    expect(await read('scores.csv')).toEqual({ kind: 'table', columns: ['a', 'b'], rows: [['1', '2']], total: 1 });
    expect(await read('table.json')).toMatchObject({ kind: 'table', columns: ['x'] });
    expect(await read('plain.json')).toMatchObject({ kind: 'text', text: '{"a":1}' });
    expect(await read('lies.txt')).toEqual({ kind: 'unreadable', why: 'contents' });
    expect(await read('weights.bin')).toEqual({ kind: 'unreadable', why: 'contents' });
  });

  it('are for a guest those of shared runs, without the folders in them', async () => {
    const store = await temporaryStore();
    const { id, experimentId, put } = await loggedRun(store);
    const other = await loggedRun(store, 'other');
    await put('log.txt', OCTETS, 'wrote /home/secretname/deep/x.csv');
    await put('t.csv', 'text/csv', 'file\n/home/secretname/deep/x.csv\n');
    await other.put('mine.md', 'text/markdown', 'other');
    const { context } = await guestOf(store, experimentId);
    const caller = createCaller(context);
    const groups = await caller.media.list({ runIds: [id] });
    expect(groups.map(({ key }) => key)).toEqual(['log.txt', 't.csv']);
    for (const { files } of groups) {
      const [file] = files;
      const content = await caller.media.content({ runIds: [id], id: file?.id ?? 0, version: '' });
      expect(JSON.stringify(content)).toContain('x.csv');
      expect(JSON.stringify(content)).not.toContain('secretname');
      const answer = await answerArtifact(new Request('http://host/'), context, { runId: id, id: String(file?.id) });
      expect(await answer.text()).not.toContain('secretname');
    }
    const [foreign] = await store.artifacts.list(other.id);
    await expect(caller.media.list({ runIds: [other.id] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      caller.media.content({ runIds: [id], id: foreign?.id ?? 0, version: '' }),
      'of another run under the id of a shared one',
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a file that somebody uploaded', () => {
  const fetched = async (name: string, mediaType: string, data: string | Buffer, query = '') => {
    const store = await temporaryStore();
    const { id, put } = await loggedRun(store);
    await put(name, mediaType, data);
    const [file] = await store.artifacts.list(id);
    const get = (version = query) =>
      answerArtifact(new Request(`http://host/${version}`), ownerOf(store), { runId: id, id: String(file?.id) });
    return { store, id, put, file, get, answer: await get() };
  };

  it.each([
    ['a.svg', 'image/svg+xml', SVG],
    ['a.html', 'text/html', HOSTILE],
    ['a.png', 'image/png', HOSTILE],
    ['a.png', 'image/png', SVG],
    ['a.xhtml', 'application/xhtml+xml', HOSTILE],
    ['a.pdf', 'application/pdf', '%PDF-1.4'],
    ['a.js', 'text/javascript', 'alert(1)'],
    ['a', 'text/html; charset=utf-8', HOSTILE],
    ['a.bmp', 'image/bmp', Buffer.from('BM....')],
  ])('cannot run here: %s as %s is only saved', async (name, mediaType, data) => {
    const { answer } = await fetched(name, mediaType, data);
    expect(answer.status).toBe(200);
    const { headers } = answer;
    expect(headers.get('content-type')).toBe(OCTETS);
    expect(headers.get('content-disposition')).toBe('attachment');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  });

  it('is shown where it is an image, whatever its name and type say, and even then in a sandbox', async () => {
    for (const [name, mediaType] of [
      ['a.png', 'image/png'],
      ['a.html', 'text/html'],
    ] as const) {
      const { answer } = await fetched(name, mediaType, Buffer.concat([PNG, Buffer.from(HOSTILE)]));
      expect(answer.headers.get('content-type')).toBe('image/png');
      expect(answer.headers.get('content-disposition')).toBeNull();
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    }
  });

  it('bug: one that was logged again under its name came from the cache as it was before', async () => {
    const { store, id, put, file, get, answer } = await fetched('a.txt', 'text/plain', 'before');
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    const version = `?v=${file?.sha256.slice(0, 12)}`;
    expect((await get(version)).headers.get('cache-control')).toContain('immutable');
    await put('a.txt', 'text/plain', 'after');
    expect((await store.artifacts.list(id))[0]?.id, 'the id stays').toBe(file?.id);
    expect((await get(version)).headers.get('cache-control'), 'of other contents').toBe('private, no-cache');
    expect(await (await get()).text()).toBe('after');
  });

  it('that is large is sent in parts', async () => {
    const { answer } = await fetched('model.bin', OCTETS, Buffer.alloc(33_000_000, 7));
    expect(answer.headers.get('content-length')).toBe('33000000');
    expect(answer.headers.get('content-disposition')).toBe('attachment');
    expect((await answer.arrayBuffer()).byteLength).toBe(33_000_000);
  });
});
