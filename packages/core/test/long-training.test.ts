import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { engine } from './both-ways.ts';

const STEPS = 30_000;

describe.skipIf(!engine)('a long compiled training', () => {
  it('takes no more memory after 30,000 steps than after 1,000, and leaves no tensor', { timeout: 300_000 }, () => {
    const script = fileURLToPath(new URL('./fixtures/long-training.mjs', import.meta.url));
    const printed = execFileSync(process.execPath, [script, String(STEPS)], { encoding: 'utf8' });
    const { mode, steps, resident, tensors } = JSON.parse(printed);
    expect(mode).toBe('compiled');
    expect(steps).toBeGreaterThanOrEqual(STEPS);
    expect(resident[1] / resident[0]).toBeLessThan(1.05);
    expect(tensors[1]).toBe(tensors[0]);
  });
});
