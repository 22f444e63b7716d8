import { describe, expect, it } from 'vitest';
import { DASHES } from '../src/charts/looks.ts';
import { CURVES_VIEW } from '../src/features/curves/model/curves-view.ts';
import { MOST_JOINT, metricsInChart, withJoint } from '../src/features/curves/model/joint-charts.ts';
import { type ChartPart, jointExtent, jointPicture } from '../src/features/curves/model/joint-picture.ts';
import { readView, writeView } from '../src/view/view-state.ts';

describe('several metrics in one chart', () => {
  it('are added and taken out, each chart by its own metric', () => {
    const joint = withJoint(withJoint([], 'a', 'b', true), 'b', 'a', true);
    expect(joint).toEqual([
      ['a', 'b'],
      ['b', 'a'],
    ]);
    expect(metricsInChart(joint, 'a')).toEqual(['a', 'b']);
    expect(metricsInChart(joint, 'c')).toEqual(['c']);
    expect(withJoint(joint, 'a', 'b', false)).toEqual([['b', 'a']]);
    expect(withJoint([], 'a', 'a', true), 'nothing is drawn twice').toEqual([]);
    const many = Array.from({ length: 20 }, (_, i) => `m${i}`).reduce(
      (all, key) => withJoint(all, 'a', key, true),
      joint,
    );
    expect(metricsInChart(many, 'a')).toHaveLength(MOST_JOINT);
  });

  it('are in the address, whatever their keys are', () => {
    const joint = [
      ['a+b', 'c,d', '~p'],
      ['e', '~'],
    ];
    const search = writeView(CURVES_VIEW, new URLSearchParams(), { joint });
    expect(readView(CURVES_VIEW, new URLSearchParams(search.toString()))).toMatchObject({ view: { joint }, bad: [] });
    for (const text of ['a', 'a,b', `a${'+b'.repeat(8)}`]) {
      expect(readView(CURVES_VIEW, new URLSearchParams({ joint: text })).bad).toMatchObject([{ name: 'joint' }]);
    }
  });

  const look = { colour: { light: '#111', dark: '#eee' }, stroke: 'dotted' as const };
  const groupOf = (id: string) => ({ id: JSON.stringify([id]), name: id, look, runs: 1, hidden: false, mean: null });
  const partOf = (key: string, ...levels: string[]): ChartPart => ({
    key,
    name: `name of ${key}`,
    drawn: {
      extent: [0, key.length],
      runs: levels.map((level) => ({ runId: `run ${level}`, name: `run ${level}`, levels: [level] })),
      groups: [],
    } as unknown as ChartPart['drawn'],
  });

  it('have colours of their own where there is one group, and keep the colours of several', () => {
    const one = jointPicture([partOf('a', 'x'), partOf('bb', 'x')], [groupOf('x')]);
    expect(one.groups.map(({ name }) => name)).toEqual(['name of a', 'name of bb']);
    expect(new Set(one.groups.map(({ look }) => look.colour)).size).toBe(2);
    expect(one.groups.map(({ look }) => look.stroke)).toEqual(['solid', 'solid']);
    const two = jointPicture([partOf('a', 'x', 'y'), partOf('bb', 'y')], [groupOf('x'), groupOf('y')]);
    expect(two.groups.map(({ name }) => name)).toEqual([
      ...['x · name of a', 'y · name of a', 'x · name of bb', 'y · name of bb'],
    ]);
    expect(two.groups.map(({ look }) => look.colour)).toEqual(Array(4).fill(look.colour));
    const [first, second] = Object.keys(DASHES);
    expect(two.groups.map(({ look }) => look.stroke)).toEqual([first, first, second, second]);
    expect(two.runs.map(({ id, name, group }) => [id, name, group])).toEqual([
      ['a run x', 'run x · name of a', 0],
      ['a run y', 'run y · name of a', 1],
      ['bb run y', 'run y · name of bb', 3],
    ]);
    expect(new Set(two.groups.map(({ id }) => id)).size).toBe(4);
  });

  it('span what any of them has; one alone looks as its group does', () => {
    expect(jointExtent([partOf('a'), { drawn: null }, partOf('abc')])).toEqual([0, 3]);
    expect(jointExtent([{ drawn: null }])).toBeNull();
    expect(jointPicture([partOf('a', 'x')], [groupOf('x')]).groups).toEqual([groupOf('x')]);
  });
});
