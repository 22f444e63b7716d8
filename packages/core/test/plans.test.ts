import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('fixtures/plans.mjs', import.meta.url));

// Where this differs, runs that are recorded are no longer found as those of their plan. A plan that was changed on purpose,
// a kind or a study more: write the file anew (vitest -u) and look at what else it changes.
it('configs and hashes of every plan, and what every kind is by default, are those of recorded runs', async () => {
  const printed = execFileSync(process.execPath, [script], { encoding: 'utf8' });
  await expect(printed).toMatchFileSnapshot('fixtures/plans.json');
});
