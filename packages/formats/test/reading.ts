import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Damage, FilePosition, FileReading, FormatReader, SourceNews } from '../src/index.ts';

const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));
export const fixture = (...names: string[]): Uint8Array => new Uint8Array(readFileSync(path.join(FIXTURES, ...names)));
export const fixtureJson = (name: string): unknown => JSON.parse(readFileSync(path.join(FIXTURES, name), 'utf8'));

/** A number as Python's fixtures write it: JSON has no NaN and no infinities. */
export const real = (written: number | string): number =>
  typeof written === 'number' ? written : Number(written.replace('inf', 'Infinity').replace('nan', 'NaN'));

export interface Series {
  readonly steps: number[];
  readonly values: number[];
  readonly times: number[];
}

/** What came of a file, however it was cut. */
export interface Read {
  /** By run and key, with a line break between. */
  readonly points: Map<string, Series>;
  readonly rest: Exclude<SourceNews, { kind: 'points' | 'unread' }>[];
  /** By run and what it is. */
  readonly unread: Map<string, number>;
  readonly damage: Damage[];
  position: FilePosition;
}

/** Reads a file of which only `ends[0]` bytes are there, then `ends[1]`, and so on. */
export function readCut<P extends FilePosition>(
  reader: FormatReader<P>,
  bytes: Uint8Array,
  ends: readonly number[],
): Read {
  const read: Read = { points: new Map(), rest: [], unread: new Map(), damage: [], position: reader.start };
  let position = reader.start;
  for (const end of ends) {
    // As it is kept: as JSON.
    position = JSON.parse(JSON.stringify(position)) as P;
    const reading: FileReading<P> = reader.read(bytes.slice(position.offset, end), position, end === bytes.length);
    position = reading.position;
    read.damage.push(...reading.damage);
    for (const news of reading.news) take(read, news);
  }
  read.position = position;
  return read;
}

function take({ points, rest, unread }: Read, news: SourceNews): void {
  if (news.kind === 'points') {
    const key = `${news.run}\n${news.key}`;
    const series = points.get(key) ?? { steps: [], values: [], times: [] };
    points.set(key, series);
    series.steps.push(...news.steps);
    series.values.push(...news.values);
    series.times.push(...news.times);
  } else if (news.kind === 'unread') {
    const key = `${news.run}\n${news.what}`;
    unread.set(key, (unread.get(key) ?? 0) + news.count);
  } else rest.push(news);
}

export const readWhole = <P extends FilePosition>(reader: FormatReader<P>, bytes: Uint8Array): Read =>
  readCut(reader, bytes, [bytes.length]);

/** Where the records of a file begin: everywhere that reading stops when the file is cut. */
export function boundaries<P extends FilePosition>(reader: FormatReader<P>, bytes: Uint8Array): number[] {
  const found = new Set<number>();
  for (let end = 0; end <= bytes.length; end++)
    found.add(reader.read(bytes.subarray(0, end), reader.start).position.offset);
  return [...found].sort((a, b) => a - b);
}

/** That a file cut at any byte, or at many, gives what the whole gives. */
export function expectSameHoweverCut<P extends FilePosition>(reader: FormatReader<P>, bytes: Uint8Array): void {
  const whole = readWhole(reader, bytes);
  expect(whole.points.size + whole.rest.length).toBeGreaterThan(0);
  const text = textOf(whole);
  const same = (read: Read) => {
    // toEqual alone costs a hundred times as much, and says nothing more where they are the same.
    if (textOf(read) !== text) expect(read).toEqual(whole);
  };
  for (let end = 0; end <= bytes.length; end++) same(readCut(reader, bytes, [end, bytes.length]));
  for (const size of [1, 7, 100]) {
    const ends = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      Math.min((i + 1) * size, bytes.length),
    );
    same(readCut(reader, bytes, ends));
  }
}

const textOf = ({ points, rest, unread, damage, position }: Read): string =>
  JSON.stringify([[...points].sort(), rest, [...unread].sort(), damage, position], (_, value: unknown) => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    return Object.is(value, -0) ? '-0' : value;
  });

/**
 * That a byte of which a bit is another than was written is told of with the record that it lies in, or leaves its record
 * unread as one that is not whole; and that all before it is read.
 * @returns the places, in their records, of the bytes that were not told of
 */
export function expectDamageIsTold<P extends FilePosition>(reader: FormatReader<P>, bytes: Uint8Array): number[] {
  const begins = boundaries(reader, bytes);
  const flipped = bytes.slice();
  const untold: number[] = [];
  begins.forEach((begin, i) => {
    const before = readCut(reader, bytes, [begin]);
    const end = begins[i + 1] ?? bytes.length;
    for (let at = begin; at < end; at++) {
      const byte = bytes[at] as number;
      flipped[at] = byte ^ (1 << (at % 8));
      const read = readWhole(reader, flipped);
      flipped[at] = byte;
      if (read.damage.length > 0) expect(read.damage[0]?.offset, `byte ${at}`).toBe(begin);
      else {
        expect(read.position.offset, `byte ${at}`).toBe(begin);
        untold.push(at - begin);
      }
      if (!beginsWith(read, before)) expect(read, `byte ${at}`).toEqual(before);
    }
  });
  return untold;
}

const beginsWith = (read: Read, before: Read): boolean =>
  read.rest.length >= before.rest.length &&
  before.rest.every((news, i) => isDeepStrictEqual(read.rest[i], news)) &&
  [...before.points].every(([key, { values }]) =>
    values.every((value, i) => Object.is(read.points.get(key)?.values[i], value)),
  );
