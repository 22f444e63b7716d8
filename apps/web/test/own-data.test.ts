import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LabFile } from '../src/features/labs/model/messages.ts';
import { oneFile } from '../src/features/labs/model/one-file.ts';
import {
  areEnough,
  type DrawnPoint,
  drawnCsv,
  drawnData,
  drawnPoint,
  fileData,
  keptPoints,
  MOST_POINTS,
  type OwnData,
  pointsToKeep,
} from '../src/features/labs/model/own-data.ts';
import { labValues } from '../src/features/labs/model/plan.ts';
import { LabSession } from '../src/features/labs/model/session.ts';
import { playgroundPlan } from '../src/features/labs/plans/playground.ts';

const POINTS: readonly DrawnPoint[] = Array.from({ length: 24 }, (_, i) =>
  drawnPoint(Math.sin(i) * 0.9, Math.cos(2 * i) * 0.8, i % 3),
);
const fileOf = (text: string, name = 'mine.csv'): LabFile => ({ name, bytes: new TextEncoder().encode(text) });

const plan = playgroundPlan();
const settings = Object.fromEntries(plan.controls.map((c) => [c.name, 'fallback' in c ? c.fallback : Number.NaN]));
const valuesOf = (own: OwnData | null, source: string, set: Readonly<Record<string, unknown>> = {}) =>
  labValues(plan, { ...settings, hidden: [4], epochs: 12, data: source, ...set }).map((values) => ({
    ...values,
    ...own?.values,
  }));
const open = (own: OwnData | null, source: string, set: Readonly<Record<string, unknown>> = {}) =>
  LabSession.open({
    ...{ defaults: plan.defaults, cells: valuesOf(own, source, set), layers: false, grid: 20 },
    ...(own?.file && { file: own.file }),
  });

describe('points that a reader draws', () => {
  it('lie within the board, with as many digits as their file has', () => {
    expect(drawnPoint(0.123456, -7, 1)).toEqual({ x: 0.123, y: -1, label: 1 });
    expect(drawnCsv([drawnPoint(0.5, -0.25, 0), drawnPoint(1, 0, 2)])).toBe('x,y,class\n0.5,-0.25,A\n1,0,C\n');
  });

  it('are kept as text, and what is none of them is left out', () => {
    expect(keptPoints(pointsToKeep(POINTS))).toEqual(POINTS);
    expect(keptPoints('[[0.1,0.2,1],[0,0,7],["a",0,0],null,3]')).toEqual([drawnPoint(0.1, 0.2, 1)]);
    for (const text of [null, '', '{}', 'no']) expect(keptPoints(text)).toEqual([]);
    expect(keptPoints(JSON.stringify(Array(2 * MOST_POINTS).fill([0, 0, 0])))).toHaveLength(MOST_POINTS);
  });

  it('are enough once two classes have three, and none has fewer', () => {
    const of = (...labels: number[]) => labels.map((label) => drawnPoint(0, 0, label));
    expect(
      [[], [0, 0, 0], [0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1, 2]].map((l) => areEnough(of(...l))),
    ).toEqual([...[false, false, false], ...[true, false]]);
    expect(drawnData(of(0, 0))).toBeNull();
  });

  it('are trained on in the page as the command trains on their file, bit for bit', async () => {
    const own = drawnData(POINTS);
    const session = await open(own, 'drawn', { batch: '8', seed: 4 });
    expect(session.points[0]?.labels.length).toBe(24 - Math.round(24 * 0.2));
    const [command = ''] = session.commands;
    expect(command).toContain('data.name=csv data.path=points.csv data.label=class data.standardize=false');
    const { rows } = session.advance(1e9, () => false).cells[0] ?? {};
    const folder = mkdtempSync(path.join(tmpdir(), 'whorl-own-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'points.csv');
    writeFileSync(file, own?.file?.bytes ?? '');
    const cells = valuesOf(own, 'drawn', { batch: '8', seed: 4 }).map((values) => ({ ...values, 'data.path': file }));
    const script = fileURLToPath(new URL('fixtures-losses.mjs', import.meta.url));
    const text = execFileSync(process.execPath, [script, JSON.stringify({ study: 'spiral', cells })], {
      encoding: 'utf8',
    });
    expect(rows).toHaveLength(2 * session.steps);
    expect([...(rows ?? [])]).toEqual((JSON.parse(text) as number[][])[0]);
  });
});

describe("a reader's own file", () => {
  const rows = ['a,b,kind', ...Array.from({ length: 20 }, (_, i) => `${i},${(i * 7) % 11},${i % 2 ? 'odd' : 'even'}`)];

  it('is read as the command line reads it, and standardized', async () => {
    const session = await open(fileData(fileOf(rows.join('\n')), ' kind '), 'file');
    const { positions, classes } = session.points[0] ?? { positions: new Float32Array(), classes: 0 };
    expect([positions.length, classes]).toEqual([32, 2]);
    const mean = positions.filter((_, i) => i % 2 === 0).reduce((sum, x) => sum + x, 0) / 16;
    expect(mean).toBeCloseTo(0, 5);
    expect(session.commands[0]).toContain('data.name=csv data.path=mine.csv data.label=kind');
  });

  it('is another file where its bytes are others', async () => {
    const two = rows.map((row, i) => (i === 5 ? row.replace(/^4/, '44') : row));
    const [one, other] = [
      await open(fileData(fileOf(rows.join('\n')), ''), 'file'),
      await open(fileData(fileOf(two.join('\n')), ''), 'file'),
    ];
    expect(one.points[0]?.positions).not.toEqual(other.points[0]?.positions);
  });

  it.each([
    ['a column that there is not', rows.join('\n'), 'species', /species/],
    [
      'three features',
      ['a,b,c,kind', '1,2,3,x', '2,3,4,y', '3,4,5,x', '4,5,6,y'].join('\n'),
      '',
      /got 3 feature columns \(a, b, c\), expected two/,
    ],
    [
      'a word among numbers',
      rows.map((row, i) => (i === 3 ? row.replace(/^2/, 'two') : row)).join('\n'),
      '',
      /mine.csv.*two/,
    ],
    ['nothing', '', '', /mine.csv/],
  ])("is refused with %s, in the reader's words", async (_, text, label, said) => {
    await expect(open(fileData(fileOf(text), label), 'file')).rejects.toThrow(said);
  });

  it('goes to who reads it with its bytes and their SHA-256, and nothing else does', async () => {
    const file = fileOf('a,b\n');
    const sha256 = createHash('sha256').update('a,b\n').digest('hex');
    expect(await oneFile(file).csv('any')).toEqual({ bytes: file.bytes, sha256 });
    await expect(oneFile(file).mnist()).rejects.toThrow('no pictures');
  });

  it('is missing until it is chosen', async () => {
    expect(fileData(null, 'a')).toBeNull();
    const gone = { values: { 'data.path': 'gone.csv' } };
    await expect(open(gone, 'file')).rejects.toThrow('choose it again');
  });
});
