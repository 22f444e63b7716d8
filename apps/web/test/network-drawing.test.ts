import { describe, expect, it } from 'vitest';
import type { LabAsked } from '../src/features/labs/model/messages.ts';
import {
  classPictures,
  isDrawable,
  networkLayout,
  UNIT_GRID,
  unitPictures,
  weightLines,
} from '../src/features/labs/model/network-drawing.ts';
import { labValues, measuresLayers } from '../src/features/labs/model/plan.ts';
import { LabSession } from '../src/features/labs/model/session.ts';
import { playgroundPlan } from '../src/features/labs/plans/playground.ts';

describe('what is drawn of a network', () => {
  it('has each unit scaled by its own farthest value, and 0 in the middle', () => {
    // Three places of two units: 1, 0, -2 and 0, 0, 0.
    const pictures = unitPictures(Float32Array.of(1, 0, 0, 0, -2, 0), 2);
    expect([...pictures]).toEqual([192, 128, 1, 128, 128, 128]);
  });

  it('is 0 where a unit is no number, and at the end where it is infinite', () => {
    expect([...unitPictures(Float32Array.of(Number.NaN, Number.NEGATIVE_INFINITY, 2), 1)]).toEqual([128, 1, 255]);
  });

  it('has a picture for each class', () => {
    expect([...classPictures(Float32Array.of(1, 0, 0.2, 0.8), 2)]).toEqual([255, 51, 0, 204]);
  });

  it('has a line for each weight, as wide as it is among those of its layer', () => {
    const lines = weightLines({ widths: [2, 2, 1], weights: Float32Array.of(1, -4, 2, 0, 0.5, Number.NaN) });
    expect(lines.map(({ column, from, to, isPositive, share }) => [column, from, to, isPositive, share])).toEqual([
      [0, 0, 0, true, 0.25],
      [0, 0, 1, false, 1],
      [0, 1, 0, true, 0.5],
      [0, 1, 1, false, 0],
      [1, 0, 0, true, 1],
    ]);
  });

  it.each([
    [358, [2, 16, 16, 16, 16, 16, 16, 3]],
    [600, [2, 3]],
    [340, [2, 4, 1, 3]],
  ])('stays within %i pixels, and no unit lies on another: %j', (width, widths) => {
    const { size, height, columns } = networkLayout(widths, width);
    expect(columns.map(({ length }) => length)).toEqual(widths);
    for (const [i, column] of columns.entries()) {
      for (const [unit, { x, y }] of column.entries()) {
        expect(Math.min(x, width - x, y, height - y)).toBeGreaterThanOrEqual(size / 2);
        if (unit > 0) expect(y - (column[unit - 1]?.y ?? 0)).toBeGreaterThan(size);
      }
      if (i > 0) expect((column[0]?.x ?? 0) - (columns[i - 1]?.[0]?.x ?? 0)).toBeGreaterThan(1.3 * size);
    }
  });

  it('is left out of large networks', () => {
    expect([[], [16, 16], Array(6).fill(1), [17], Array(7).fill(1)].map(isDrawable)).toEqual([
      ...[true, true, true],
      ...[false, false],
    ]);
  });
});

describe('the network of the playground', () => {
  const plan = playgroundPlan();
  const open = (set: Readonly<Record<string, unknown>>) => {
    const fields = Object.fromEntries(plan.controls.map((c) => [c.name, 'fallback' in c ? c.fallback : Number.NaN]));
    const cells = labValues(plan, { ...fields, ...set });
    const asked: LabAsked = {
      ...{ defaults: plan.defaults, cells, layers: measuresLayers(plan), network: true, grid: UNIT_GRID },
    };
    return LabSession.open(asked);
  };

  it('has a picture for each unit, those of the classes as the boundary has them, and every weight', async () => {
    const session = await open({ hidden: [5, 3], block: 'batch-norm' });
    const frame = session.advance(7, () => false).cells[0];
    const network = frame?.network;
    expect(network?.widths).toEqual([2, 5, 3, 3]);
    expect(network?.weights).toHaveLength(2 * 5 + 5 * 3 + 3 * 3);
    const places = UNIT_GRID ** 2;
    expect(network?.pictures).toHaveLength(13 * places);
    for (const c of [0, 1, 2])
      for (const place of [0, 57, places - 1])
        expect(network?.pictures[(10 + c) * places + place]).toBe(frame?.picture[3 * place + c]);
    // The first coordinate grows from left to right, the second from below.
    const [x, y] = [network?.pictures.subarray(0, places) ?? [], network?.pictures.subarray(places, 2 * places) ?? []];
    expect([x[0], x[UNIT_GRID - 1], y[0], y[places - 1]]).toEqual([1, 255, 255, 1]);
    expect(session.measures[0]).toContain('gradientNorm.3');
  });

  it('is not drawn where it is too large, nor where nobody asks', async () => {
    const large = await open({ hidden: [17] });
    expect(large.advance(1, () => false).cells[0]?.network).toBeNull();
  });
});
