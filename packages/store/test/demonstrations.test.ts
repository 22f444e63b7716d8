import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore } from '../src/index.ts';
import { temporaryFolder, temporaryStore } from './temporary.ts';

const one = { title: { en: 'empty', zh: '空张量' }, code: 'empty([2])', output: { en: 'a', zh: '甲' }, holds: true };
const other = { title: { en: 'cast', zh: '转换' }, code: "cast('float32')", output: { en: '', zh: '' }, holds: false };

describe('demonstrations', () => {
  it('are read as they were kept, in their order, and what is shown again takes their place', async () => {
    const store = await temporaryStore();
    const { id } = await store.experiments.ensure('tensors', 'tensors');
    expect(store.demonstrations.find(id)).toBeNull();
    const before = Date.now();
    await store.demonstrations.keep(id, 'native', [one, other, one]);
    const first = store.demonstrations.find(id);
    expect(first).toMatchObject({ demonstrations: [one, other, one], engine: 'native' });
    expect(first?.at.getTime()).toBeGreaterThanOrEqual(before);
    await store.demonstrations.keep(id, 'wasm', [other]);
    expect(store.demonstrations.find(id)).toMatchObject({ demonstrations: [other], engine: 'wasm' });
  });

  it('are of one experiment, and bring it to the list again', async () => {
    const store = await temporaryStore();
    const [mine, another] = [
      await store.experiments.ensure('mine', 'tensors'),
      await store.experiments.ensure('another', 'tensors'),
    ];
    await store.experiments.archive(mine.id);
    const { updatedAt } = await store.experiments.get(mine.id);
    await store.demonstrations.keep(mine.id, 'cpu', [one]);
    expect(store.demonstrations.find(another.id)).toBeNull();
    const after = await store.experiments.get(mine.id);
    expect(after.archivedAt).toBeNull();
    expect(after.updatedAt.getTime()).toBeGreaterThanOrEqual(updatedAt.getTime());
    await expect(store.demonstrations.keep('none', 'cpu', [one])).rejects.toMatchObject({ code: 'not-found' });
    expect((await store.examine()).problems).toEqual([]);
  });

  it('can be kept in a record of before there were any', async () => {
    const home = temporaryFolder();
    const store = await openStore({ home });
    const { id } = await store.experiments.ensure('tensors', 'tensors');
    await store.close();
    const database = new Database(store.databaseFile);
    database.exec(
      `DROP TABLE Demonstration; DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_demonstrations'`,
    );
    database.close();
    const again = await temporaryStore(home);
    expect(again.demonstrations.find(id)).toBeNull();
    await again.demonstrations.keep(id, 'cpu', [one]);
    expect(again.demonstrations.find(id)?.demonstrations).toEqual([one]);
  });
});
