import { buildConfig, trainingStudy } from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { matching } from '../src/features/find/model/matching.ts';
import { numberedGroups, stepped } from '../src/features/find/model/stepping.ts';
import { createCaller } from '../src/server/router.ts';
import { ownerOf, temporaryStore } from './record.ts';

const place = (title: string, ...also: string[]) => ({ href: `/${title}`, title, also });
const titles = (places: readonly { readonly title: string }[]) => places.map(({ title }) => title);

describe('what a text finds', () => {
  const places = [
    place('Wider or deeper', '更宽还是更深', 'why deep networks learn'),
    place('Learning rate', '学习率'),
    place('Deep learning', '深度学习'),
  ];

  it('is what holds its words, in either language, titles first', () => {
    expect(titles(matching(places, 'learn'))).toEqual(['Learning rate', 'Deep learning', 'Wider or deeper']);
    expect(titles(matching(places, 'LEARNING deep'))).toEqual(['Deep learning']);
    expect(titles(matching(places, '学习'))).toEqual(['Learning rate', 'Deep learning']);
    expect(titles(matching(places, ' '))).toEqual(titles(places));
    expect(matching(places, 'nowhere')).toEqual([]);
  });

  it('is a list that the arrows walk around', () => {
    const groups = numberedGroups([
      { title: 'a', places: places.slice(0, 2) },
      { title: 'b', places: [] },
      { title: 'c', places: places.slice(2) },
    ]);
    expect(groups.map(({ title, from }) => [title, from])).toEqual([
      ['a', 0],
      ['c', 2],
    ]);
    expect([
      stepped('ArrowDown', 2, 3),
      stepped('ArrowUp', 0, 3),
      stepped('a', 0, 3),
      stepped('ArrowDown', 0, 0),
    ]).toEqual([0, 2, null, null]);
  });

  it('is the experiments and runs that are called so, and none that was put away', async () => {
    const store = await temporaryStore();
    const { id: experimentId } = await store.experiments.ensure('Grüße', 'spiral');
    const at = new Date('2026-11-01T00:00:00Z');
    await store.runs.insertMany(
      ['relu adam', 'relu 100%', 'tanh'].map((name, i) => ({
        ...{ experimentId, name, config: buildConfig(trainingStudy('spiral').defaults, { seed: i + 1 }) },
        ...{ engine: 'cpu', mode: 'eager', environment: {}, command: '', status: 'finished', tags: {}, metrics: {} },
        ...{ createdAt: new Date(at.getTime() + i), startedAt: at, endedAt: at, durationMs: 1 },
      })),
    );
    const caller = createCaller(ownerOf(store));
    const found = await caller.search.named({ text: 'RELU' });
    expect(found.runs.map(({ name, experiment }) => [name, experiment])).toEqual([
      ['relu 100%', 'Grüße'],
      ['relu adam', 'Grüße'],
    ]);
    expect((await caller.search.named({ text: 'GRÜSSE' })).experiments).toEqual([{ id: experimentId, name: 'Grüße' }]);
    expect((await caller.search.named({ text: '0%' })).runs).toHaveLength(1);
    const [run] = found.runs;
    expect((await caller.search.named({ text: run?.id ?? '' })).runs).toEqual([run]);
    await store.experiments.archive(experimentId);
    expect(await caller.search.named({ text: 'relu' })).toEqual({ experiments: [], runs: [] });
  });
});
