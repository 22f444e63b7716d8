import { describe, expect, it } from 'vitest';
import { type HistogramBody, type MediaNews, type RunNews, WANDB } from '../src/index.ts';
import { configParams } from '../src/json/params.ts';
import { parseDigits, parsePythonJson } from '../src/json/python-json.ts';
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

type Items = readonly (readonly [path: readonly string[], value: unknown])[];
/** What W&B reads of a file. */
interface Truth {
  readonly run: {
    readonly id: string;
    readonly name: string;
    readonly project: string;
    readonly tags: readonly string[];
    readonly startedAt: number;
  };
  readonly config: Items;
  readonly history: readonly (readonly [step: number, items: Items])[];
  readonly stats: readonly (readonly [time: number, items: Items])[];
  readonly exit: number | null;
}
const truths = fixtureJson('wandb-files.json') as Readonly<Record<string, Truth>>;
const bytesOf = (name: string) => fixture('wandb-files', name);
/** All that was said of a run, as one. */
function runOf(read: Read): RunNews {
  const said = read.rest.filter((news) => news.kind === 'run');
  const all = (what: 'facts' | 'params' | 'tags') => Object.assign({}, ...said.map((news) => news[what]));
  return { ...Object.assign({}, ...said), facts: all('facts'), params: all('params'), tags: all('tags') } as RunNews;
}
const media = (read: Read, key: string) =>
  read.rest.filter((news): news is MediaNews => news.kind === 'media' && news.key === key);

/** The points of a history, by key; what lies in an object with a `_type` is no number. */
function pointsOf({ history, stats, run }: Truth): Map<string, [step: number, value: number, time: number][]> {
  const points = new Map<string, [number, number, number][]>();
  const add = (key: string, step: number, value: unknown, time: number) => {
    const number =
      typeof value === 'boolean' ? Number(value) : /^(nan|-?inf)$/.test(`${value}`) ? real(value as string) : value;
    if (typeof number === 'number') points.set(key, [...(points.get(key) ?? []), [step, number, time]]);
  };
  for (const [step, items] of history) {
    const typed = new Set(items.flatMap(([path]) => (path.at(-1) === '_type' ? [path.slice(0, -1).join('\n')] : [])));
    const time = (items.find(([path]) => path[0] === '_timestamp')?.[1] as number | undefined) ?? Number.NaN;
    for (const [path, value] of items) {
      if (path[0]?.startsWith('_') || typed.has(path.slice(0, -1).join('\n'))) continue;
      add(path.join('.'), step, value, time * 1000);
    }
  }
  for (const [time, items] of stats)
    for (const [path, value] of items) add(`system/${path.join('.')}`, (time - run.startedAt) / 1000, value, time);
  return points;
}

describe.each(Object.entries(truths))('W&B: %s', (name, truth) => {
  const bytes = bytesOf(name);
  const read = readWhole(WANDB, bytes);

  it('is recognised by its bytes', () => {
    expect(WANDB.recognises(bytes.subarray(0, 7))).toBe(true);
    expect(WANDB.recognises(bytes.subarray(0, 6))).toBe(false);
  });

  it('is read to its end', () => {
    expect(read.position.offset).toBe(bytes.length);
    expect(read.damage).toEqual(
      name === 'by_hand.wandb' ? [{ offset: expect.any(Number), reason: expect.anything() }] : [],
    );
  });

  it('has the points that W&B reads', () => {
    const expected = pointsOf(truth);
    expect([...read.points.keys()].sort()).toEqual([...expected.keys()].map((key) => `\n${key}`).sort());
    for (const [key, points] of expected) {
      const { steps = [], values = [], times = [] } = read.points.get(`\n${key}`) ?? {};
      expect(steps, key).toEqual(points.map(([step]) => step));
      expect(values, key).toEqual(points.map(([, value]) => value));
      times.forEach((time, i) => {
        const expectedTime = points[i]?.[2] as number;
        if (Number.isNaN(expectedTime)) expect(time).toBeNaN();
        else expect(time).toBeCloseTo(expectedTime, 2);
      });
    }
  });

  it('has the run', () => {
    const { id, name: called = '', group, startedAt, tags } = runOf(read);
    expect({ id, name: called, project: group, startedAt }).toEqual({
      id: truth.run.id,
      name: truth.run.name,
      project: truth.run.project,
      startedAt: truth.run.startedAt,
    });
    expect(Object.keys(tags ?? {})).toEqual(expect.arrayContaining([...truth.run.tags]));
  });

  it('has the end', () => {
    const end = read.rest.find(({ kind }) => kind === 'end');
    const status = truth.exit === null ? undefined : { 0: 'finished', 1: 'failed', 255: 'interrupted' }[truth.exit];
    expect(end && 'status' in end ? end.status : undefined).toBe(status);
  });
});

describe('W&B', () => {
  const plain = readWhole(WANDB, bytesOf('plain.wandb'));

  it('has the config with what became of it, by dotted path', () => {
    expect(runOf(plain).params).toEqual({
      lr: '0.1',
      'model.hidden': '[100,10]',
      'model.activation': 'tanh',
      'model.empty': '{}',
      none: 'null',
      large: '1152921504606846976',
      名字: '值',
      flag: 'true',
      later: '3',
    });
  });

  it('has notes, group and what the program said of itself at the end', () => {
    expect(runOf(plain)).toMatchObject({
      notes: 'N',
      tags: { first: '', 二: '', group: 'g', job_type: 'train', 'summary.best': '0.5' },
      facts: { host: 'lab', writer: expect.stringMatching(/^wandb 0\.31/) },
    });
  });

  it('has its media with the places of their files', () => {
    expect(media(plain, 'picture')).toMatchObject([
      { what: 'image', step: 101, index: 0, mediaType: 'image/png', caption: 'one' },
    ]);
    expect(media(plain, 'pictures').map(({ index, caption }) => [index, caption])).toEqual([
      [0, 'two'],
      [1, undefined],
    ]);
    for (const { body } of [...media(plain, 'picture'), ...media(plain, 'pictures')])
      expect(body).toEqual({ path: expect.stringMatching(/^files\/media\/images\/.*\.png$/) });
    expect(media(plain, 'table')).toMatchObject([{ what: 'table', mediaType: 'application/json' }]);
    expect(media(plain, 'page')).toMatchObject([{ what: 'file', mediaType: 'text/html' }]);
    const histogram = (key: string): HistogramBody =>
      JSON.parse(Buffer.from(media(plain, key)[0]?.body as Uint8Array).toString()) as HistogramBody;
    expect(histogram('inner.weights')).toEqual({ edges: [0, 2.25, 4.5, 6.75, 9], counts: [3, 2, 2, 3] });
    expect(histogram('uneven')).toEqual({ edges: [0, 1, 10, 100], counts: [1, 2, 3] });
  });

  it('counts what it does not read', () => {
    expect(plain.unread).toEqual(
      new Map([
        ['\ntext', 1],
        ['\nlist', 1],
      ]),
    );
  });

  it('reads values by their types, and leaves out a record whose value is no JSON', () => {
    const bytes = bytesOf('by_hand.wandb');
    const read = readWhole(WANDB, bytes);
    expect(read.points.get('\ninteger')).toMatchObject({ steps: [5], values: [-(2 ** 53)] });
    expect(read.points.get('\nnumber')).toMatchObject({ steps: [5, 7], values: [Number.POSITIVE_INFINITY, 7] });
    expect(read.points.get('\nsystem/gpu.0.temp')).toMatchObject({ steps: [2.5, 3.5], values: [40, 41] });
    expect(recordBegins(bytes)).toContain(read.damage[0]?.offset);
    expect(read.rest).toContainEqual({ kind: 'restart', run: '', step: 5, time: 1_700_000_000_000 });
    expect(runOf(read).facts).toEqual({
      writer: 'wandb 0.31.0',
      os: 'Linux',
      python: 'CPython 3.11',
      command: 'train.py --lr 0.1',
      host: 'lab',
      user: 'student',
      commit: '0123abcd',
      repository: 'https://example.org/repository.git',
    });
    const [histogram] = media(read, 'json');
    expect(JSON.parse(Buffer.from(histogram?.body as Uint8Array).toString())).toEqual({
      edges: [-1, -0.5, 0],
      counts: [3, 4],
    });
  });

  it('says which version of a file it cannot read', () => {
    const bytes = bytesOf('plain.wandb');
    bytes[6] = 3;
    const { damage, position } = readWhole(WANDB, bytes);
    expect(damage[0]?.reason.en).toBe('the file is of version 3, expected 0; nothing of it can be read');
    expect(position.offset).toBe(0);
  });
});

describe('a log of LevelDB', () => {
  it.each(['interrupted.wandb', 'by_hand.wandb'])('%s: gives the same however it is cut', (name) => {
    expectSameHoweverCut(WANDB, bytesOf(name));
  });

  it('with records of many blocks gives the same however it is cut', () => {
    const bytes = bytesOf('blocks.wandb');
    const whole = readWhole(WANDB, bytes);
    const near = [1, 2, 3].flatMap((block) => Array.from({ length: 24 }, (_, i) => block * 32_768 - 12 + i));
    const spread = Array.from({ length: 100 }, (_, i) => Math.floor((bytes.length * i) / 100));
    for (const end of [...near, ...spread])
      expect(readCut(WANDB, bytes, [end, bytes.length]), `cut at ${end}`).toEqual(whole);
    expect(readCut(WANDB, bytes, [...near, bytes.length])).toEqual(whole);
  });

  it('tells of each byte of which a bit is another, and keeps what is before it', () => {
    // Where a length grows beyond the end of the file the record seems to be cut: its bytes wait.
    const plain = bytesOf('plain.wandb');
    for (const bytes of [bytesOf('interrupted.wandb'), plain.subarray(0, recordBegins(plain)[12])])
      expect(expectDamageIsTold(WANDB, bytes).filter((place) => place !== 4 && place !== 5)).toEqual([]);
  });

  it('is read on behind a damaged record, also in the middle of one of several blocks', () => {
    const bytes = bytesOf('blocks.wandb');
    const whole = readWhole(WANDB, bytes);
    const begins = recordBegins(bytes);
    for (const at of [40_000, 70_000, 90_000]) {
      const flipped = bytes.slice();
      flipped[at] = (flipped[at] as number) ^ 1;
      const read = readWhole(WANDB, flipped);
      expect(read.damage.map(({ offset }) => offset)).toEqual([begins.findLast((begin) => begin <= at)]);
      expect(read.position.offset).toBe(bytes.length);
      const [lost, all] = [read, whole].map(({ points }) => points.get('\nloss')?.values.length ?? 0);
      expect(lost).toBeGreaterThanOrEqual((all as number) - 1);
      expect(read.rest.at(-1)).toMatchObject({ kind: 'end', status: 'failed' });
    }
  });

  it('is read on from the next block where a length is damaged', () => {
    const bytes = bytesOf('blocks.wandb');
    const [begin = 0] = recordBegins(bytes).filter((begin) => begin > 33_000);
    const flipped = bytes.slice();
    flipped[begin + 5] = 0x7f; // longer than its block
    const read = readWhole(WANDB, flipped);
    expect(read.damage.map(({ offset }) => offset)).toEqual([begin]);
    expect(read.rest.at(-1)).toMatchObject({ kind: 'end', status: 'failed' });
  });

  it('waits where room was set aside and nothing written yet', () => {
    const bytes = bytesOf('interrupted.wandb');
    const padded = new Uint8Array(bytes.length + 100);
    padded.set(bytes);
    const read = readWhole(WANDB, padded);
    expect(read.damage).toEqual([]);
    expect(read.position.offset).toBe(bytes.length);
  });
});

/** Where the records of a sound file begin, by the lengths and types of their pieces. */
function recordBegins(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer);
  const begins: number[] = [];
  for (let at = 7; at + 7 <= bytes.length; at += 7 + view.getUint16(at + 4, true)) {
    const left = 32_768 - (at % 32_768);
    if (left < 7) at += left;
    if ((bytes[at + 6] as number) <= 2) begins.push(at); // full or first
  }
  return begins;
}

describe('JSON with words', () => {
  it('is read with NaN and infinities, and texts that have such words stay', () => {
    expect(parsePythonJson('NaN')).toBeNaN();
    expect(parsePythonJson('{"a": [-Infinity, "NaN", "\\"Infinity"], "NaN": Infinity}')).toEqual({
      a: [Number.NEGATIVE_INFINITY, 'NaN', '"Infinity'],
      NaN: Number.POSITIVE_INFINITY,
    });
    expect(parsePythonJson('["\\u0000NaN", NaN]')).toEqual(['\u0000NaN', Number.NaN]);
    // All digits of a seed, and those of a fraction as they are read everywhere.
    expect(
      configParams(
        parseDigits('{"seed": 18446744073709551615, "lr": 0.12345678901234567890, "n": [12345678901234567, "1"]}'),
        'a',
      ),
    ).toEqual({
      'a.seed': '18446744073709551615',
      'a.lr': '0.12345678901234568',
      'a.n': '[12345678901234567,"1"]',
    });
    expect(() => parsePythonJson('NaN NaN')).toThrow(SyntaxError);
    expect(() => parsePythonJson('{')).toThrow(SyntaxError);
  });
});
