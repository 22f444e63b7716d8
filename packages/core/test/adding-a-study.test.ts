import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadEngine, train } from '../src/train/index.ts';
import { madeUp } from './made-up-runs.ts';

// Follows docs/adding-a-study.md in a copy of core: the file as the page has it, and the line.

const page = readFileSync(new URL('../../../docs/adding-a-study.md', import.meta.url), 'utf8');
const [file = '', line = ''] = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
// Within the package, where its dependencies are found.
const folder = mkdtempSync(path.join(import.meta.dirname, '.adding-a-study-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function follow(): Promise<typeof import('../src/index.ts')> {
  const src = path.join(folder, 'src');
  cpSync(path.join(import.meta.dirname, '../src'), src, { recursive: true });
  writeFileSync(path.join(src, 'studies/batch-size.ts'), file);
  const index = path.join(src, 'studies/index.ts');
  const text = readFileSync(index, 'utf8')
    .replace('import { lenetVs', "import { batchSizeStudy } from './batch-size.ts';\nimport { lenetVs")
    .replace('  optimizersStudy,\n]', `  optimizersStudy,\n${line}]`);
  writeFileSync(index, text);
  return import(path.join(src, 'index.ts'));
}

describe('the page on how to add a study', () => {
  it('adds one that runs and is judged', async () => {
    const { buildConfig, trainingStudy } = await follow();
    const study = trainingStudy('batch-size');
    expect(study.variants('full').length).toBeGreaterThan(study.variants('quick').length);

    const config = buildConfig(study.defaults, {
      ...study.variants('quick')[0],
      epochs: 2,
      'data.n': 40,
      'model.hidden': [4],
    });
    const measured: string[] = [];
    const { status } = await train(config, {
      engine: await loadEngine('cpu'),
      probes: study.probes,
      onMetrics: (_, metrics) => measured.push(...Object.keys(metrics)),
    });
    expect(status).toBe('finished');
    expect(measured).toContain('testAccuracy');

    const [claim] = study.claims;
    const answer = (small: number, full: number) =>
      claim?.judge(madeUp(study, ({ batchSize }) => ({ testAccuracy: batchSize === 'full' ? full : small }))).supported;
    expect([answer(0.9, 0.8), answer(0.8, 0.9)]).toEqual([true, false]);
  });

  it('fits on a page', () => {
    expect(page.split('\n').length).toBeLessThan(75);
  });
});
