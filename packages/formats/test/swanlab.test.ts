import { describe, expect, it } from 'vitest';
import { type MediaNews, SWANLAB, WANDB } from '../src/index.ts';
import { expectDamageIsTold, expectSameHoweverCut, fixture, fixtureJson, readCut, readWhole, real } from './reading.ts';

/** What SwanLab reads of a file. */
interface Truth {
  readonly points: Readonly<Record<string, readonly (readonly [step: number, value: number | string, time: number])[]>>;
  readonly media: readonly (readonly [
    key: string,
    step: number,
    items: readonly (readonly [name: string, caption: string])[],
  ])[];
  readonly run: { readonly id: string; readonly name: string; readonly project: string; readonly startedAt: number };
  readonly state: number;
  readonly error: string;
}
const truths = fixtureJson('swanlab-files.json') as Readonly<Record<string, Truth>>;
const bytesOf = (name: string) => fixture('swanlab-files', name);

describe.each(Object.entries(truths))('SwanLab: %s', (name, truth) => {
  const bytes = bytesOf(name);
  const read = readWhole(SWANLAB, bytes);

  it('is recognised by its bytes', () => {
    expect(SWANLAB.recognises(bytes.subarray(0, 7))).toBe(true);
    expect(WANDB.recognises(bytes)).toBe(false);
  });

  it('is read to its end', () => {
    expect(read.position).toEqual({ offset: bytes.length });
    expect(read.damage).toEqual([]);
  });

  it('has the points that SwanLab reads', () => {
    const found = [...read.points].map(([key, { steps, values, times }]) => [
      key,
      steps.map((step, i) => [step, values[i], times[i]]),
    ]);
    const expected = Object.entries(truth.points).map(([key, points]) => [
      `\n${key}`,
      points.map(([step, value, time]) => [step, real(value), time]),
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  it('has the run and its end', () => {
    const { name: called, ...rest } = truth.run;
    const { project, ...known } = rest;
    expect(read.rest[0]).toMatchObject({
      kind: 'run',
      ...known,
      group: project,
      ...(called === '' ? {} : { name: called }),
    });
    const status = { 1: 'finished', 2: 'failed', 3: 'interrupted' }[truth.state];
    expect(read.rest.at(-1)).toMatchObject({
      kind: 'end',
      status,
      ...(truth.error === '' ? {} : { error: truth.error }),
    });
  });

  it('has the media', () => {
    const found = read.rest.filter((news): news is MediaNews => news.kind === 'media');
    expect(
      found.map(({ key, step, index, body, caption = '' }) => [
        key,
        step,
        index,
        (body as { path: string }).path.split('/').at(-1),
        caption,
      ]),
    ).toEqual(
      truth.media.flatMap(([key, step, items]) => items.map(([file, caption], i) => [key, step, i, file, caption])),
    );
  });
});

describe('SwanLab', () => {
  const plain = bytesOf('plain.swanlab');
  const { rest } = readWhole(SWANLAB, plain);

  it('has tags, notes and group', () => {
    expect(rest[0]).toMatchObject({ notes: 'N', tags: { first: '', 二: '', group: 'g', job_type: 'train' } });
  });

  it('has media with what they are and where they lie', () => {
    const media = rest.filter(({ kind }) => kind === 'media');
    expect(media).toMatchObject([
      { what: 'text', mediaType: 'text/plain', body: { path: expect.stringMatching(/^media\/text\//) } },
      { what: 'image', mediaType: 'image/png', body: { path: expect.stringMatching(/^media\/image\//) } },
      { what: 'image', mediaType: 'image/png' },
    ]);
  });

  it('has its config and what is known of the machine in files beside it', () => {
    const companions = rest.flatMap((news) => (news.kind === 'companion' ? [news] : []));
    const paths = companions.map(({ path }) => path);
    expect(paths.slice(0, 2)).toEqual(['files/config.yaml', 'files/swanlab-metadata.json']);
    // Said again, as the config changed.
    expect(new Set(paths.slice(2))).toEqual(new Set(['files/config.yaml']));
    const [config, metadata] = companions;
    expect(config?.read(bytesOf('config.yaml')).params).toEqual({
      lr: '0.1',
      'model.hidden': '[100,10]',
      'model.activation': 'relu',
      'model.names': '["a","1b"]',
      seed: '9223372036854775808',
      name: '1e3',
      answer: 'yes',
      flag: 'true',
      empty: '{}',
      名字: '值',
      later: '3',
    });
    expect(metadata?.read(bytesOf('swanlab-metadata.json')).facts).toEqual({
      writer: 'swanlab 0.10.3',
      host: 'lab',
      command: 'python3 train.py --lr 0.1',
      python: expect.any(String),
      os: 'Linux',
      commit: '0123abcd',
      repository: 'https://example.org/repository.git',
    });
    expect(() => config?.read(new TextEncoder().encode('a: [1'))).toThrow();
    expect(() => metadata?.read(new TextEncoder().encode('{'))).toThrow(SyntaxError);
  });

  it('gives the same however it is cut', () => {
    expectSameHoweverCut(SWANLAB, plain.subarray(0, 1500));
    const blocks = bytesOf('blocks.swanlab');
    const whole = readWhole(SWANLAB, blocks);
    const ends = Array.from({ length: 60 }, (_, i) => 32_738 + i);
    for (const end of ends) expect(readCut(SWANLAB, blocks, [end, blocks.length])).toEqual(whole);
  });

  it('tells of each byte of which a bit is another, and keeps what is before it', () => {
    // Where a length grows beyond the end of the file the record seems to be cut: its bytes wait.
    const { offset } = SWANLAB.read(plain.subarray(0, 1500), SWANLAB.start).position;
    const untold = expectDamageIsTold(SWANLAB, plain.slice(0, offset));
    expect(untold.filter((place) => place !== 4 && place !== 5)).toEqual([]);
  });
});
