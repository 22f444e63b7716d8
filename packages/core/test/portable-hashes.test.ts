import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { NODES, nodeOf } from '../../../scripts/setup/nodes.mjs';
import { WASM_BASE64 } from '../src/generated/portable.ts';

const script = fileURLToPath(new URL('fixtures/portable-hashes.mjs', import.meta.url));

// Where this differs after a change of the engine, its bits have changed: raise VERSION in src/train/portable/module.ts and
// write the file anew (vitest -u). Where nothing was changed, this Node or machine computes otherwise: that is the bug.
// Chromium has e2e/tests/portable-engine.spec.ts.
it.each(NODES)('200 steps of every kind have the same bits in Node %s', { timeout: 500_000 }, async (version) => {
  const printed = execFileSync(await nodeOf(version), [script], { encoding: 'utf8' });
  expect(Object.keys(JSON.parse(printed).hashes).length).toBeGreaterThan(30);
  await expect(printed).toMatchFileSnapshot('fixtures/portable-hashes.json');
});

it('the WebAssembly is smaller than 150 kB', () => {
  expect(atob(WASM_BASE64).length).toBeLessThan(150_000);
});
