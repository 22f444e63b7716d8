import { trainingStudy } from '@whorl/core';
import { openStore } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { ask, json, startWith, temporaryFolder } from './cli.ts';

/** A record with an experiment "mine" of three runs, whose accuracies are 0.5, 0.95 and NaN. */
async function record(startedAt: Date | null = null): Promise<string> {
  const home = temporaryFolder();
  const store = await openStore({ home });
  const { id: experimentId } = await store.experiments.create('mine', 'spiral');
  await store.runs.insertMany(
    [0.5, 0.95, Number.NaN].map((accuracy, i) => ({
      experimentId,
      name: `seed ${i}`,
      config: { ...trainingStudy('spiral').defaults, seed: i },
      status: 'finished' as const,
      engine: 'cpu',
      mode: 'eager',
      environment: {},
      command: '',
      tags: i === 0 ? { broken: 'yes' } : {},
      createdAt: startedAt ?? new Date(i),
      startedAt,
      endedAt: null,
      durationMs: null,
      metrics: {
        accuracy: { steps: Float64Array.of(0), values: Float64Array.of(accuracy), times: Float64Array.of(0) },
      },
    })),
  );
  await store.close();
  return home;
}

describe('whorl ls <experiment> --query', () => {
  it('lists the runs that the query finds, newest first', async () => {
    const home = await record();
    const seeds = async (query: string) =>
      (await json<{ runs: { seed: number }[] }>(home, 'ls', 'mine', '--query', query)).runs.map(({ seed }) => seed);
    expect(await seeds('metrics.accuracy > 0.9 and model.activation in ("relu", "gelu") and not tags.broken')).toEqual([
      1,
    ]);
    expect(await seeds('not metrics.accuracy > 0.9')).toEqual([2, 0]);
    expect(await seeds('')).toEqual([2, 1, 0]);
    const { code, stdout } = await ask(home, 'ls', 'mine', '--query', 'metrics.accuracy = nan');
    expect([code, stdout.includes('seed 2'), stdout.includes('seed 1')]).toEqual([0, true, false]);
  });

  it.each([
    ['Asia/Shanghai', '2026-11-29 02:27+08:00', '2026-11-29'],
    ['UTC', '2026-11-28 18:27+00:00', '2026-11-28'],
    ['America/New_York', '2026-11-28 13:27-05:00', '2026-11-28'],
  ])('shows times in the zone of the machine (%s) and reads dates in it', async (TZ, shown, day) => {
    const home = await record(new Date('2026-11-28T18:27:09Z'));
    const said = async (query: string) => {
      const { code, stdout, stderr } = await startWith({ TZ }, home, 'ls', 'mine', '--query', query).ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return stdout;
    };
    const found = `created >= "${day}" and created in ("${day}") and created = "${shown}" and created = "${shown.slice(0, 16)}"
      and created = "2026-11-28T18:27Z" and created like "${day}T%"`;
    expect(await said(found)).toContain(shown);
    const others = `created < "${day}" or created > "${day}" or created = "2026-11-28T18:26Z"`;
    expect(await said(others)).not.toContain(shown);
  });

  it('is in the help', async () => {
    const { stdout } = await ask(temporaryFolder(), 'ls', '--help');
    expect(stdout).toContain('--query <text>');
  });
});
