import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { crc32, crc32c } from '../src/framing/crc32.ts';
import { type HistogramBody, type MediaNews, TENSORBOARD } from '../src/index.ts';
import {
  expectDamageIsTold,
  expectSameHoweverCut,
  fixture,
  fixtureJson,
  type Read,
  readCut,
  readWhole,
  real,
} from './reading.ts';

type At<T> = readonly (readonly [time: number, step: number, what: T])[];
/** What TensorBoard reads of a file. */
interface Truth {
  readonly scalars: Readonly<Record<string, At<number | string>>>;
  readonly images: Readonly<Record<string, At<readonly string[]>>>;
  readonly histograms: Readonly<Record<string, At<readonly (readonly [number, number, number])[]>>>;
  readonly text: Readonly<Record<string, At<readonly string[]>>>;
  readonly hparams: Readonly<Record<string, unknown>>;
}

const truths = fixtureJson('event-files.json') as Readonly<Record<string, Truth>>;
const bytesOf = (name: string) => fixture('event-files', name);
const media = (read: Read, what: MediaNews['what'], key: string) =>
  read.rest.filter((news): news is MediaNews => news.kind === 'media' && news.what === what && news.key === key);
const bodyOf = ({ body }: MediaNews) => Buffer.from(body as Uint8Array);

describe('checksums', () => {
  it('are those of the standards', () => {
    const digits = new TextEncoder().encode('123456789');
    expect(crc32(digits, 0, 9)).toBe(0xcbf43926);
    expect(crc32c(digits, 0, 9)).toBe(0xe3069283);
    // RFC 3720, B.4
    expect(crc32c(new Uint8Array(32), 0, 32)).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(255), 0, 32)).toBe(0x62a8ab43);
    expect(crc32c(digits, 4, 9, crc32c(digits, 0, 4))).toBe(0xe3069283);
  });
});

describe.each(Object.entries(truths))('TensorBoard: %s', (name, truth) => {
  const bytes = bytesOf(name);
  const read = readWhole(TENSORBOARD, bytes);

  it('is recognised by its bytes', () => {
    expect(TENSORBOARD.recognises(bytes)).toBe(true);
    expect(TENSORBOARD.recognises(bytes.subarray(1))).toBe(false);
    expect(TENSORBOARD.recognises(new Uint8Array())).toBe(false);
  });

  it('is read to its end', () => {
    expect(read.position).toEqual({ offset: bytes.length });
    expect(read.damage).toEqual([]);
  });

  it('has the scalars that TensorBoard reads, bit for bit', () => {
    expect([...read.points.keys()].sort()).toEqual(
      Object.keys(truth.scalars)
        .map((key) => `\n${key}`)
        .sort(),
    );
    for (const [key, points] of Object.entries(truth.scalars)) {
      const { steps, values, times } = read.points.get(`\n${key}`) ?? { steps: [], values: [], times: [] };
      expect(steps, key).toEqual(points.map(([, step]) => step));
      expect(values, key).toEqual(points.map(([, , value]) => real(value)));
      expect(times, key).toEqual(points.map(([time]) => time * 1000));
    }
  });

  it('has the images', () => {
    for (const [key, images] of Object.entries(truth.images)) {
      const found = media(read, 'image', key);
      expect(found.map(({ step, index }) => [step, index])).toEqual(
        images.flatMap(([, step, digests]) => digests.map((_, i) => [step, i])),
      );
      expect(found.map((image) => createHash('sha256').update(bodyOf(image)).digest('hex'))).toEqual(
        images.flatMap(([, , digests]) => digests),
      );
      expect(new Set(found.map(({ mediaType }) => mediaType))).toEqual(new Set(['image/png']));
    }
  });

  it('has the histograms', () => {
    for (const [key, histograms] of Object.entries(truth.histograms)) {
      const found = media(read, 'histogram', key);
      expect(found.map(({ step }) => step)).toEqual(histograms.map(([, step]) => step));
      found.forEach((histogram, i) => {
        const { edges, counts } = JSON.parse(bodyOf(histogram).toString()) as HistogramBody;
        const rows = histograms[i]?.[2] ?? [];
        expect(edges).toHaveLength(counts.length + 1);
        expect(counts).toEqual(rows.map(([, , count]) => count));
        // TensorBoard holds those of the old kind in single precision.
        expect(edges.slice(0, -1).map(Math.fround)).toEqual(rows.map(([left]) => Math.fround(left)));
        expect(edges.slice(1).map(Math.fround)).toEqual(rows.map(([, right]) => Math.fround(right)));
      });
    }
  });

  it('has the texts', () => {
    for (const [key, texts] of Object.entries(truth.text)) {
      const found = media(read, 'text', key);
      expect(found.map((text) => bodyOf(text).toString())).toEqual(texts.flatMap(([, , lines]) => lines));
    }
  });

  it('has the hyperparameters', () => {
    const params = Object.assign({}, ...read.rest.map((news) => (news.kind === 'run' ? news.params : {})));
    const written = Object.entries(truth.hparams).map(([key, value]) => [key, String(value)]);
    expect(params).toEqual(Object.fromEntries(written));
  });

  it('gives the same however it is cut', () => {
    expectSameHoweverCut(TENSORBOARD, bytes);
  });

  it('tells of each byte of which a bit is another, and keeps what is before it', () => {
    // A length that is another does not fit its checksum: no damage looks like a file that is still written.
    expect(expectDamageIsTold(TENSORBOARD, bytes)).toEqual([]);
  });
});

describe('TensorBoard', () => {
  it('says when a run began, who wrote it and how it ended', () => {
    const { rest } = readWhole(TENSORBOARD, bytesOf('by-hand-1.tfevents'));
    expect(rest[0]).toEqual({
      kind: 'run',
      run: '',
      startedAt: expect.any(Number),
      facts: { writer: 'tensorboard.summary.writer.event_file_writer' },
    });
    expect(rest.at(-1)).toEqual({ kind: 'end', run: '', status: 'failed', time: 1_700_000_200_500 });
  });

  it('marks a restart where it is, and drops nothing', () => {
    const { rest, points } = readWhole(TENSORBOARD, bytesOf('by-hand-1.tfevents'));
    expect(rest.filter(({ kind }) => kind === 'restart')).toEqual([
      { kind: 'restart', run: '', step: 8, time: 1_700_000_100_000 },
    ]);
    expect(points.get('\ntwo')?.steps).toEqual([2, 8, 9]);
    const again = readWhole(TENSORBOARD, bytesOf('restarted-2.tfevents'));
    expect(again.rest.find(({ kind }) => kind === 'restart')).toMatchObject({ step: 6 });
    // What stands before the mark is told before it.
    const { news } = TENSORBOARD.read(bytesOf('by-hand-1.tfevents'), TENSORBOARD.start);
    const kinds = news.map(({ kind }) => kind);
    expect(kinds.indexOf('points')).toBeLessThan(kinds.indexOf('restart'));
    expect(kinds.lastIndexOf('points')).toBeGreaterThan(kinds.indexOf('restart'));
  });

  it('keeps no hold of the bytes that it was given', () => {
    const piece = Buffer.from(bytesOf('tensorflow-1.tfevents'));
    const { news } = TENSORBOARD.read(piece, TENSORBOARD.start);
    const before = JSON.stringify(news);
    piece.fill(0);
    expect(JSON.stringify(news)).toBe(before);
  });

  it('counts what it does not read', () => {
    expect(readWhole(TENSORBOARD, bytesOf('by-hand-1.tfevents')).unread).toEqual(new Map([['\npr_curves', 1]]));
  });

  it('waits for the rest of a record that is still written', () => {
    const bytes = bytesOf('restarted-1.tfevents');
    const cut = readCut(TENSORBOARD, bytes, [bytes.length - 1]);
    expect(cut.damage).toEqual([]);
    expect(cut.points.get('\nloss')?.steps).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('leaves out a record that is no event', () => {
    const record = (payload: number[]): number[] => {
      const head = Uint8Array.of(payload.length, 0, 0, 0, 0, 0, 0, 0);
      const sum = (bytes: Uint8Array) => {
        const crc = crc32c(bytes, 0, bytes.length);
        const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
        return [...new Uint8Array(Uint32Array.of(masked).buffer)];
      };
      return [...head, ...sum(head), ...payload, ...sum(Uint8Array.from(payload))];
    };
    const good = bytesOf('restarted-1.tfevents');
    const strange = record([0x0f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    const read = readWhole(TENSORBOARD, Uint8Array.from([...good, ...strange]));
    expect(read.damage).toEqual([{ offset: good.length, reason: expect.objectContaining({ zh: expect.any(String) }) }]);
    expect(read.points.get('\nloss')?.steps).toHaveLength(10);
    expect(read.position.offset).toBe(good.length + strange.length);
  });
});
