import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { startRun, temporaryStore } from './temporary.ts';

/** When a process recorded a run: minutes of an hour. */
interface Recorded {
  readonly pid: number;
  readonly from: number;
  readonly to: number | null;
  readonly launch?: string;
}

async function launchesOf(recorded: readonly Recorded[]): Promise<(number | undefined)[]> {
  const store = await temporaryStore();
  const at = (minute: number) => `2026-11-25T10:${String(minute).padStart(2, '0')}:00.000+00:00`;
  const database = new Database(store.databaseFile);
  const ids: string[] = [];
  for (const { pid, from, to, launch } of recorded) {
    const { id } = await startRun(store);
    database
      .prepare('UPDATE Run SET pid = ?, createdAt = ?, endedAt = ?, status = ? WHERE id = ?')
      .run(pid, at(from), to === null ? null : at(to), to === null ? 'running' : 'finished', id);
    if (launch !== undefined) {
      const environment = JSON.stringify({ launch });
      database.prepare('UPDATE Run SET environment = ? WHERE id = ?').run(environment, id);
    }
    ids.push(id);
  }
  database.close();
  const launches = store.runs.launches(ids);
  return ids.map((id) => launches.get(id));
}

it.each<[string, Recorded[], number[]]>([
  [
    'the runs of one process are one launch, with pauses between them',
    [
      { pid: 1, from: 0, to: 1 },
      { pid: 1, from: 5, to: 6 },
    ],
    [1, 1],
  ],
  [
    'the processes of one launch train side by side',
    [
      { pid: 1, from: 0, to: 3 },
      { pid: 2, from: 0, to: 2 },
      { pid: 2, from: 2, to: 5 },
      { pid: 1, from: 3, to: 4 },
    ],
    [1, 1, 1, 1],
  ],
  [
    'what begins after all before it had ended is the next',
    [
      { pid: 3, from: 9, to: null },
      { pid: 1, from: 0, to: 3 },
      { pid: 2, from: 4, to: 5 },
    ],
    [3, 1, 2],
  ],
  [
    'what still trains ends with no launch that follows',
    [
      { pid: 1, from: 0, to: null },
      { pid: 2, from: 9, to: 10 },
    ],
    [1, 1],
  ],
  [
    'bug: of one command a process that began when another had ended was the next launch',
    [
      { pid: 1, from: 0, to: 1, launch: 'one' },
      { pid: 2, from: 2, to: 3, launch: 'one' },
      { pid: 3, from: 4, to: 5, launch: 'two' },
      { pid: 4, from: 6, to: 7 },
    ],
    [1, 1, 2, 3],
  ],
])('%s', async (_, recorded, expected) => expect(await launchesOf(recorded)).toEqual(expected));
