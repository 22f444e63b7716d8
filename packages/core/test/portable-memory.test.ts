import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const STEPS = 100_000;
const TRAININGS = 40;
const MIB = 2 ** 20;

it('100,000 steps and many trainings in one process leave nothing behind', () => {
  const script = fileURLToPath(new URL('fixtures/portable-memory.mjs', import.meta.url));
  const printed = execFileSync(process.execPath, ['--expose-gc', script, String(STEPS), String(TRAININGS)], {
    encoding: 'utf8',
  });
  const { mode, steps, resident, tensors, bytes, memories } = JSON.parse(printed);
  expect(mode).toBe('compiled');
  expect(steps).toBeGreaterThanOrEqual(STEPS);
  // The memory of the kernels never grows. That of the process settles 15 MiB higher, after 400,000 steps too.
  expect(bytes).toHaveLength(1);
  expect(resident.last - resident.first).toBeLessThan(32 * MIB);
  expect(tensors.after).toBe(tensors.before);
  // Each of the trainings had its own.
  expect(memories.made).toBe(1 + TRAININGS);
  expect(memories.left).toBe(0);
});
