import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask, askIn, json, prepare, temporaryFolder } from './cli.ts';

interface Plan {
  readonly experiment: string;
  readonly metric: string | null;
  readonly by: string;
  readonly levels: number;
  readonly spread: { sd: number; df: number | null; ci95: [number, number] | null; from: object | null } | null;
  readonly sizes: readonly {
    difference: number | null;
    effectSize: number;
    pair: number | null;
    chances: { chance: number; seeds: number | null; atMost: number | null }[];
  }[];
  readonly seeds: number | null;
  readonly have: number | null;
  readonly more: number | null;
  readonly runs: number | null;
  readonly trainingMs: number | null;
  readonly commands: readonly string[];
}
interface Compared {
  readonly metric: string;
  readonly pairs: readonly { difference: number; effectSize: number; pairsNeeded: number | null; pAdjusted: number }[];
  readonly look: number;
}

const TINY = ['epochs=20', 'data.n=20', 'model.hidden=[8]', 'optimizer.lr=0.05'] as const;
const TWO = ['spiral', ...TINY, 'model.activation=relu,tanh'] as const;
const bin = fileURLToPath(new URL('../bin/whorl.js', import.meta.url));

describe('whorl plan before anything is recorded', () => {
  it('says it of spreads, which command tells one, and records nothing', async () => {
    const home = path.join(temporaryFolder(), '.whorl');
    const plan = await json<Plan>(home, 'plan', ...TWO, '--difference', '0.02');
    expect(plan).toMatchObject({ metric: null, by: 'model.activation', levels: 2, spread: null, seeds: null });
    // As SciPy's noncentral t says: packages/core/test/fixtures/scipy-plan.py.
    expect(plan.sizes.map(({ effectSize, chances }) => [effectSize, chances[1]?.seeds])).toContainEqual([1, 12]);
    expect(plan.commands).toEqual([
      "npx whorl run spiral epochs=20 data.n=20 'model.hidden=[8]' optimizer.lr=0.05 model.activation=relu,tanh --seeds 1..3 --skip-recorded",
    ]);
    expect(existsSync(home)).toBe(false);
  });

  it('takes a spread that is given, and needs more seeds for the best of more levels', async () => {
    const home = path.join(temporaryFolder(), '.whorl');
    const given = ['--spread', '0.02', '--difference', '0.02'];
    const two = await json<Plan>(home, 'plan', ...TWO, ...given);
    const four = await json<Plan>(home, 'plan', 'spiral', 'activation=relu,tanh,gelu,elu', ...given);
    expect(two).toMatchObject({ seeds: 12, have: 0, more: 12, runs: 24, trainingMs: null });
    expect(two.spread).toEqual({ sd: 0.02, df: null, ci95: null, from: null });
    expect(four.seeds).toBeGreaterThan(12);
    expect(four.sizes[0]?.pair).toBeLessThan(four.seeds as number);
    expect(four.runs).toBe(4 * (four.seeds as number));
  });

  it('plans what answers a study where no value is named', async () => {
    const home = path.join(temporaryFolder(), '.whorl');
    expect(await json<Plan>(home, 'plan', 'activations')).toMatchObject({ by: 'model.activation', levels: 9 });
  });

  it.each([
    [['nothing'], 'no study or experiment "nothing"'],
    [['activation', 'activation=relu,tanh'], 'Did you mean "activations"?'],
    [['tensors'], '"tensors" trains nothing'],
    [['spiral', 'activation=relu'], 'one configuration is not enough to compare; name several values'],
    [['spiral', 'activation=relu,relux'], 'model.activation: got "relux". Did you mean "relu"?'],
    [['spiral', 'activation=relu,tanh', '--difference', '0'], '--difference: expected a number above 0, got "0"'],
    [['spiral', 'activation=relu,tanh', '--spread', '1e999'], '--spread: expected a number above 0, got "1e999"'],
    [['spiral', 'activation=relu,tanh', '--by', 'lr'], '--by: nothing varies that is called "lr"'],
    [['spiral', '--course'], '--by model.activation,optimizer.name plans for all together'],
  ])('refuses %j', async (words, says) => {
    const { code, stdout, stderr } = await ask(path.join(temporaryFolder(), '.whorl'), 'plan', ...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.replace(/\s+/g, ' ')).toContain(says);
  });
});

describe('whorl plan with runs that are recorded', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'whorl-seed-plan-'));
  beforeAll(() => {
    prepare(home, 'run', ...TWO, '--seeds', '1..3', '--engine', 'wasm', '--jobs', '1');
    return () => rmSync(home, { recursive: true, force: true });
  });

  it('takes the spread from them, and needs as many seeds as compare says', async () => {
    const compared = await json<Compared>(home, 'compare', 'spiral');
    const [pair] = compared.pairs;
    const plan = await json<Plan>(home, 'plan', 'spiral', '--difference', String(Math.abs(pair?.difference ?? 0)));
    expect(plan.spread).toMatchObject({
      df: 2,
      from: { experiment: 'spiral', runs: 6, levels: 2, seeds: 3, exact: true },
    });
    expect(plan.metric).toBe(compared.metric);
    expect(plan.sizes[0]?.effectSize).toBeCloseTo(Math.abs(pair?.effectSize ?? 0), 9);
    expect(pair?.pairsNeeded).toBeGreaterThan(3);
    expect([plan.seeds, plan.sizes[0]?.pair]).toEqual([pair?.pairsNeeded, pair?.pairsNeeded]);
    expect(plan.more).toBe((plan.seeds as number) - 3);
    expect(plan.trainingMs).toBeGreaterThan(0);
    // Three seeds know a spread between half and six times of it.
    const [low, high] = plan.spread?.ci95 ?? [0, 0];
    expect((plan.spread?.sd as number) / low).toBeCloseTo(1.9206, 3);
    expect(high / (plan.spread?.sd as number)).toBeCloseTo(6.2847, 3);
  });

  it('is for the words of the command what it is for the experiment', async () => {
    const [one, other] = [await json<Plan>(home, 'plan', 'spiral'), await json<Plan>(home, 'plan', ...TWO)];
    expect(one).toEqual(other);
    expect(one.sizes).toHaveLength(4);
  });

  it('takes it from other levels under the same settings, and from no others', async () => {
    const near = await json<Plan>(home, 'plan', 'spiral', ...TINY, 'activation=gelu,elu,tanh', '--difference', '0.1');
    expect(near.spread?.from).toMatchObject({ exact: false, levels: 2, seeds: 3 });
    expect(near).toMatchObject({ levels: 3, have: 0, runs: 3 * (near.seeds as number) - 3 });
    const far = await json<Plan>(home, 'plan', 'spiral', 'activation=relu,tanh');
    expect(far.spread).toBeNull();
  });

  it('gives a command that trains what is missing, and then there is enough', { timeout: 60_000 }, async () => {
    const spread = (await json<Plan>(home, 'plan', 'spiral')).spread?.sd as number;
    const words = ['plan', 'spiral', '--difference', String(10 * spread)];
    const { seeds, runs, commands } = await json<Plan>(home, ...words);
    expect(seeds).toBeGreaterThan(3);
    expect(runs).toBe(2 * ((seeds as number) - 3));
    const command = (commands[0] as string).replace('npx whorl', `'${process.execPath}' '${bin}'`);
    const trained = JSON.parse(
      execFileSync('sh', ['-c', `${command} --json`], {
        env: { ...process.env, WHORL_HOME: home },
        stdio: 'pipe',
      }).toString(),
    ) as { runs: unknown[] };
    expect(trained.runs).toHaveLength(2 * (seeds as number));
    const compared = await json<Compared>(home, 'compare', 'spiral');
    expect(compared.look).toBe(2);
    const { stdout } = await ask(home, 'plan', 'spiral', '--difference', String(1000 * spread));
    expect(stdout).toContain(`${seeds} seeds are recorded: enough.`);
  });

  it('speaks of the same in both languages', async () => {
    for (const language of ['en', 'zh']) {
      const { code, stdout } = await askIn(language, home, 'plan', 'spiral', '--difference', '0.1');
      expect(code).toBe(0);
      expect(stdout).toMatch(language === 'en' ? /80%.*\n[\s\S]*in 80% of the cases/ : /80%.*\n[\s\S]*80% 的把握/);
      expect(stdout).not.toMatch(/undefined|NaN|null/);
    }
  });
});
