import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { startRun, temporaryStore } from './temporary.ts';

describe('requests to stop', () => {
  it('are in the record until the run has ended, and asking again changes nothing', async () => {
    const store = await temporaryStore();
    const run = await startRun(store);
    expect(store.runs.stopRequests([run.id]).size).toBe(0);
    expect(await store.runs.requestStop([run.id], 'page')).toEqual({ stopping: [run.id], gone: [], ended: [] });
    const first = await store.runs.get(run.id);
    expect(first).toMatchObject({ status: 'running', stopRequestedBy: 'page', stopRequestedAt: expect.any(Date) });
    expect(await store.runs.requestStop([run.id], 'command line')).toMatchObject({ stopping: [run.id] });
    expect(await store.runs.get(run.id)).toMatchObject({
      stopRequestedBy: 'page',
      stopRequestedAt: first.stopRequestedAt,
    });
    expect([...store.runs.stopRequests([run.id])]).toEqual([[run.id, 'page']]);
  });

  it('of a run that has ended are answered so, and leave it as it is', async () => {
    const store = await temporaryStore();
    const run = await startRun(store);
    const ended = await store.runs.end(run.id, 'finished', { durationMs: 1 });
    expect(await store.runs.requestStop([run.id], 'page')).toEqual({ stopping: [], gone: [], ended: [run.id] });
    expect(await store.runs.get(run.id)).toEqual(ended);
  });

  it('of a run of another program mark it as ended at its last news, and an experiment leaves it alone', async () => {
    const store = await temporaryStore();
    const { id: experimentId } = await store.experiments.create('others', null);
    const startedAt = new Date(Date.now() - 60_000);
    const id = store.logged.start({ experimentId, source: 'mlflow', name: 'a', startedAt, tags: {}, environment: {} });
    expect(await store.runs.requestStopOfExperiment(experimentId, 'page')).toEqual({
      stopping: [],
      gone: [],
      ended: [],
    });
    expect(await store.runs.get(id)).toMatchObject({ status: 'running', stopRequestedAt: null });
    expect(await store.runs.requestStop([id], 'page')).toEqual({ stopping: [], gone: [], ended: [id] });
    const { newsAt, endedAt, durationMs, status, error } = await store.runs.get(id);
    expect([status, error, endedAt]).toEqual(['interrupted', 'marked as ended from the page', newsAt]);
    expect(durationMs).toBeGreaterThan(59_000);
  });

  it('of a run whose process is gone mark it as crashed and say so', async () => {
    const store = await temporaryStore();
    const run = await startRun(store);
    const other = spawn(process.execPath, ['-e', '']);
    const { pid } = other;
    await once(other, 'exit');
    const db = new (await import('better-sqlite3')).default(store.databaseFile);
    db.prepare('UPDATE Run SET pid = ? WHERE id = ?').run(pid, run.id);
    db.close();
    expect(await store.runs.requestStop([run.id], 'page')).toEqual({ stopping: [], gone: [run.id], ended: [] });
    expect(await store.runs.get(run.id)).toMatchObject({ status: 'crashed', stopRequestedAt: null });
  });

  it('of runs of which one is not there are refused, and nothing is asked', async () => {
    const store = await temporaryStore();
    const run = await startRun(store);
    await expect(store.runs.requestStop([run.id, 'nothere'], 'page')).rejects.toThrow('no run "nothere"');
    await expect(store.runs.requestStopOfExperiment('nothere', 'page')).rejects.toThrow('no experiment "nothere"');
    expect(store.runs.stopRequests([run.id]).size).toBe(0);
  });

  it('of an experiment are of its runs that train and of no other, and each request is a new one', async () => {
    const store = await temporaryStore();
    const [done, live, elsewhere] = [
      await startRun(store, 1),
      await startRun(store, 2),
      await startRun(store, 1, 'another'),
    ];
    await store.runs.end(done.id, 'finished', { durationMs: 1 });
    const { experimentId } = live;
    expect(store.runs.experimentStops([experimentId]).size).toBe(0);
    const answer = await store.runs.requestStopOfExperiment(experimentId, 'command line');
    expect(answer).toEqual({ stopping: [live.id], gone: [], ended: [] });
    expect([...store.runs.stopRequests([done.id, live.id, elsewhere.id]).keys()]).toEqual([live.id]);
    const first = store.runs.experimentStops([experimentId, elsewhere.experimentId]);
    expect([...first]).toEqual([[experimentId, { at: expect.any(String), from: 'command line' }]]);
    await new Promise((resolve) => setTimeout(resolve, 2));
    await store.runs.requestStopOfExperiment(experimentId, 'page');
    expect(store.runs.experimentStops([experimentId]).get(experimentId)?.at).not.toBe(first.get(experimentId)?.at);
  });
});
