import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildConfig, configHash, trainingStudy } from '@whorl/core';
import { DIGITS_URL, digitsOf } from '@whorl/core/trainer';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DigitSession } from '../src/features/labs/model/digit-session.ts';
import { type Ink, lookedField, pictureOf, SIDE, withLine } from '../src/features/labs/model/drawing.ts';
import { Driver, type Stage } from '../src/features/labs/model/driver.ts';
import { labFields } from '../src/features/labs/model/lab-fields.ts';
import { noted } from '../src/features/labs/model/ladder-results.ts';
import { mapSheet } from '../src/features/labs/model/map-sheet.ts';
import type { FromLab, LabFrame, ToLab } from '../src/features/labs/model/messages.ts';
import { type LabPlan, labValues } from '../src/features/labs/model/plan.ts';
import { lenetVsAlexnetPlan } from '../src/features/labs/plans/lenet-vs-alexnet.ts';
import { mlpVsCnnPlan } from '../src/features/labs/plans/mlp-vs-cnn.ts';
import { readView, Unreadable } from '../src/view/view-state.ts';

const digits = async () => {
  const { buffer, byteOffset, byteLength } = readFileSync(DIGITS_URL);
  return digitsOf(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
};
const never = () => false;

const askedFor = (plan: LabPlan, search: string) => {
  const { view, bad } = readView(labFields(plan), new URLSearchParams(search));
  expect(bad).toEqual([]);
  return { defaults: plan.defaults, cells: labValues(plan, view), layers: false, grid: plan.grid };
};

describe.each([lenetVsAlexnetPlan(), mlpVsCnnPlan()])('the lab $id', (plan) => {
  it("has the runner's losses and accuracies, bit for bit, whatever is looked at", async () => {
    const asked = askedFor(plan, 'seed=3');
    const session = await DigitSession.open(asked, digits);
    expect(session.steps).toBe(plan.steps);
    const rows: number[][] = asked.cells.map(() => []);
    for (const to of [1, 6]) {
      session.see({ digit: to, place: 2 });
      const { cells, step } = session.advance(to, never);
      expect(step).toBe(to);
      for (const [i, cell] of cells.entries()) rows[i]?.push(...[...cell.rows].filter((_, at) => at % 3 < 2));
    }
    const script = fileURLToPath(new URL('fixtures-losses.mjs', import.meta.url));
    const wanted = JSON.parse(
      execFileSync(process.execPath, [script, JSON.stringify({ study: plan.id, cells: asked.cells, steps: 6 })], {
        encoding: 'utf8',
      }),
    ) as number[][];
    expect(rows).toEqual(wanted);
  });

  it('trains configurations of the quick plan: recorded runs stand beside', async () => {
    const study = trainingStudy(plan.id);
    const hash = (values: Readonly<Record<string, unknown>>) => configHash(buildConfig(study.defaults, values));
    const planned = await Promise.all(study.variants('quick').map(hash));
    const { cells } = askedFor(plan, '');
    for (const values of cells) expect(planned).toContain(await hash(values));
  });
});

describe('a session of digits', () => {
  const plan = lenetVsAlexnetPlan();

  it('trains the rung that is chosen beside LeNet', () => {
    const [first, second] = askedFor(plan, 'rung=2').cells;
    expect([first, second].map((values) => values?.['model.activation'])).toEqual(['tanh', 'relu']);
    expect(askedFor(plan, '').cells[1]).toMatchObject({ 'data.augment': 'shift', 'model.dropout': 0.5 });
    expect(plan.ladder?.rungs.map(({ cost }) => cost.parameters)).toEqual([
      ...[61_706, 61_706, 61_706, 44_426, 82_518, 57_846, 57_846, 57_846],
    ]);
  });

  it('looks at one digit with every network: its layers, its answer, and what it was given', async () => {
    const session = await DigitSession.open(askedFor(plan, ''), digits);
    const three = session.see({ digit: 3, place: 0 });
    const all = await digits();
    const place = [...all.labels.keys()].slice(-2000).find((row) => all.labels[row] === 3) as number;
    expect(three.digit).toEqual(all.pixels.slice(place * 784, (place + 1) * 784));
    expect(three.cells[0]?.seen?.layers.map(({ channels, height }) => [channels, height])).toEqual([
      ...[
        [6, 28],
        [16, 10],
      ],
      ...[
        [120, 1],
        [84, 1],
      ],
    ]);
    for (const { seen } of three.cells) expect(seen?.answer.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    expect(session.see({ pixels: new Float32Array(784) }).cells[0]?.seen).not.toEqual(three.cells[0]?.seen);
    expect(session.see({ digit: 3, place: 0 })).toEqual(three);
  });

  it('tests on few digits every 20 steps, and each step has the test before it', async () => {
    const session = await DigitSession.open(askedFor(mlpVsCnnPlan(), 'digits=100'), digits);
    const before = session.advance(0, never).cells[0]?.test.accuracy;
    const { cells } = session.advance(41, never);
    const tests = [...(cells[0]?.rows ?? [])].filter((_, at) => at % 3 === 2);
    expect(tests.slice(0, 20)).toEqual(new Array(20).fill(Math.fround(before as number)));
    expect(new Set(tests.slice(20, 40)).size).toBe(1);
    expect(tests[20]).not.toBe(tests[0]);
    expect(tests[40]).toBe(Math.fround(cells[0]?.test.accuracy as number));
    expect(((tests[40] as number) * 500) % 1).toBeCloseTo(0, 3);
  });
});

describe('a drawing', () => {
  const nothing: Ink = new Uint8Array(SIDE * SIDE);
  const place = fc.tuple(fc.integer({ min: 0, max: SIDE - 1 }), fc.integer({ min: 0, max: SIDE - 1 }));

  it('is read from the address as it was written', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 8 }), (places) => {
        const ink = places.slice(1).reduce((before, to, i) => withLine(before, places[i] as never, to), nothing);
        expect(lookedField.read(lookedField.write({ ink }))).toEqual({ ink });
      }),
    );
    expect(lookedField.read('7.12')).toEqual({ digit: 7, place: 12 });
    for (const wrong of ['', '7', 'dAAA', `d${'!'.repeat(131)}`, '10.0', '3.1234'])
      expect(() => lookedField.read(wrong)).toThrow(Unreadable);
  });

  it('becomes a picture of the size and place of a digit of MNIST, wherever and however small it is drawn', () => {
    const box = (picture: Float32Array) => {
      const places = [...picture.keys()].filter((at) => (picture[at] as number) > 0.2);
      const [xs, ys] = [places.map((at) => at % SIDE), places.map((at) => Math.floor(at / SIDE))];
      return [Math.max(...xs) - Math.min(...xs) + 1, Math.max(...ys) - Math.min(...ys) + 1];
    };
    fc.assert(
      fc.property(place, fc.integer({ min: 6, max: 24 }), ([x, y], length) => {
        const picture = pictureOf(withLine(nothing, [x % 20, y % 4], [x % 20, Math.min(26, (y % 4) + length)]));
        const [, tall] = box(picture) as [number, number];
        expect(Math.abs(tall - 20)).toBeLessThanOrEqual(3);
        let [sum, across, down] = [0, 0, 0];
        for (const [at, value] of picture.entries()) {
          sum += value;
          across += value * (at % SIDE);
          down += value * Math.floor(at / SIDE);
        }
        expect(Math.abs(across / sum - 13.5)).toBeLessThan(1.1);
        expect(Math.abs(down / sum - 13.5)).toBeLessThan(1.1);
        expect(Math.max(...picture)).toBeLessThanOrEqual(1);
      }),
    );
    expect(pictureOf(nothing)).toEqual(new Float32Array(SIDE * SIDE));
  });

  it('has no ink outside of the field', () => {
    const ink = withLine(nothing, [-5, -5], [40, 40]);
    expect(ink).toHaveLength(SIDE * SIDE);
    expect(ink.reduce((sum, place) => sum + place, 0)).toBeGreaterThan(SIDE);
  });
});

describe('a sheet of maps', () => {
  it('has each channel as a tile, and nothing between them', () => {
    const sheet = mapSheet({ channels: 2, height: 2, width: 2, values: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 8) });
    expect([sheet.width, sheet.height, sheet.least, sheet.most]).toEqual([5, 2, 0, 8]);
    expect([...sheet.shares]).toEqual([0, 1, Number.NaN, 4, 5, 2, 3, Number.NaN, 6, 8].map((value) => value / 8));
  });

  it('has rows of units where a layer has no pictures', () => {
    const { width, height, shares } = mapSheet({ channels: 84, height: 1, width: 1, values: new Float32Array(84) });
    expect([width, height]).toEqual([59, 5]);
    expect(shares.filter((share) => share === 0)).toHaveLength(84);
  });
});

describe('results of a ladder', () => {
  it('are kept by seed and rung, and stay the same object where nothing is new', () => {
    const first = noted({}, 1, { 1: 0.9, 7: undefined });
    expect(first).toEqual({ '1/1': 0.9 });
    expect(noted(first, 1, { 1: 0.9 })).toBe(first);
    expect(noted(first, 2, { 1: 0.8 })).toEqual({ '1/1': 0.9, '2/1': 0.8 });
  });
});

describe('a driver of a lab with digits', () => {
  const asked = { defaults: lenetVsAlexnetPlan().defaults, cells: [{}], layers: false, grid: 0 };
  const frameAt = (step: number, mark: number): LabFrame => ({
    step,
    cells: [
      {
        ...{ picture: new Uint8Array(0), units: new Float32Array(0), rows: new Float32Array(3 * step) },
        ...{ train: { loss: 1, accuracy: 0 }, test: { loss: 1, accuracy: 0 } },
        seen: { layers: [], answer: Float32Array.of(mark) },
      },
    ],
  });
  let sent: ToLab[];
  let hear: (message: FromLab) => void;
  let draw: () => void;
  let driver: Driver;
  beforeEach(() => {
    sent = [];
    const drawn: (() => void)[] = [];
    draw = () => {
      for (const then of drawn.splice(0)) then();
    };
    const stage: Stage = {
      worker: (heard) => {
        hear = heard;
        return { send: (message) => void sent.push(message), end: () => {} };
      },
      beforeDrawing: (then) => void drawn.push(then),
      gap: () => 0,
      now: () => 0,
    };
    driver = new Driver(stage);
  });
  const open = () => {
    driver.open(asked);
    const id = sent.at(-1)?.id ?? 0;
    hear({ kind: 'opened', id, steps: 9, measures: [['loss']], points: [], commands: [], frame: frameAt(0, 1) });
    return id;
  };
  const mark = () => driver.shown().frame?.cells[0]?.seen?.answer[0];

  it('tells each new worker which digit is looked at', () => {
    driver.see({ digit: 4, place: 1 });
    expect(sent).toEqual([]);
    open();
    expect(sent.map(({ kind }) => kind)).toEqual(['see', 'open']);
  });

  it('shows another digit at the step that is on the page, without a step of training', () => {
    const id = open();
    draw();
    driver.see({ digit: 4, place: 1 });
    hear({ kind: 'seen', id, frame: frameAt(0, 2) });
    expect([mark(), driver.shown().done, driver.shown().phase]).toEqual([2, 0, 'ready']);
  });

  it('bug that would be: a digit that came while a frame waited to be drawn was lost with it', () => {
    const id = open();
    driver.see({ digit: 4, place: 1 });
    hear({ kind: 'seen', id, frame: frameAt(0, 2) });
    draw();
    expect(mark()).toBe(2);
    hear({ kind: 'seen', id: id - 1, frame: frameAt(0, 3) });
    hear({ kind: 'seen', id, frame: null });
    expect(mark()).toBe(2);
  });
});
