import { ConfigError } from '@whorl/core';
import { words } from '../messages/index.ts';
import { getExperiment, inRecord } from '../record/record.ts';
import { note, printJson, printSentences } from '../terminal/output.ts';

interface SeedOptions {
  readonly byName?: boolean;
  readonly json?: boolean;
}

/** `whorl seed`: says which param is the seed of the runs that other programs logged into an experiment. */
export async function chooseSeed(
  word: string,
  param: string | undefined,
  { byName = false, json = false }: SeedOptions,
): Promise<void> {
  const { seed: t } = words();
  if ((param === undefined) !== byName) throw new ConfigError('seed', t.expected);
  await inRecord(async (store) => {
    const { id, name } = await getExperiment(store, word);
    const { runs, seeded } = store.logged.takeSeedFrom(id, param ?? null);
    if (json) return printJson({ experiment: { id, name }, param: param ?? null, runs, seeded });
    printSentences(t.taken(runs, seeded, param ?? null));
    if (param !== undefined && runs > 0 && seeded === 0) note(t.none(param));
  });
}
