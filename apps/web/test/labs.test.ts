import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildConfig, configHash, grid, parseAssignment, repeatCommand, trainingStudy } from '@whorl/core';
import { openTrainer, prepareFrom } from '@whorl/core/trainer';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Bend } from '../src/features/labs/model/bend.ts';
import { curvePath } from '../src/features/labs/model/curve-path.ts';
import { driftOf } from '../src/features/labs/model/drift.ts';
import { Driver, type Stage } from '../src/features/labs/model/driver.ts';
import { fingerprint } from '../src/features/labs/model/fingerprint.ts';
import { History } from '../src/features/labs/model/history.ts';
import { labFields, listOf } from '../src/features/labs/model/lab-fields.ts';
import { trainedFrame } from '../src/features/labs/model/ladder-results.ts';
import { lossTable } from '../src/features/labs/model/loss-table.ts';
import type { CellFrame, FromLab, LabAsked, LabValues, ToLab } from '../src/features/labs/model/messages.ts';
import { isMeant, labValues, measuresLayers, trainingsOf } from '../src/features/labs/model/plan.ts';
import { nearestStop } from '../src/features/labs/model/rate-stops.ts';
import { rowsBackwards } from '../src/features/labs/model/rows-backwards.ts';
import { seedsCommand } from '../src/features/labs/model/seeds-command.ts';
import { LabSession } from '../src/features/labs/model/session.ts';
import { stableRates } from '../src/features/labs/model/stable-rate.ts';
import { layerNorms, tallyOf } from '../src/features/labs/model/tallies.ts';
import { unitLines } from '../src/features/labs/model/unit-lines.ts';
import { activationsPlan } from '../src/features/labs/plans/activations.ts';
import { learningRatePlan } from '../src/features/labs/plans/learning-rate.ts';
import { optimizersPlan } from '../src/features/labs/plans/optimizers.ts';
import { playgroundPlan } from '../src/features/labs/plans/playground.ts';
import { repeatabilityPlan } from '../src/features/labs/plans/repeatability.ts';
import { spiralPlan } from '../src/features/labs/plans/spiral.ts';
import { vanishingGradientsPlan } from '../src/features/labs/plans/vanishing-gradients.ts';
import { widthVsDepthPlan } from '../src/features/labs/plans/width-vs-depth.ts';
import { readView, writeView } from '../src/view/view-state.ts';

const plan = spiralPlan();
const OTHERS = [activationsPlan(), learningRatePlan(), vanishingGradientsPlan(), widthVsDepthPlan(), optimizersPlan()];
const viewOf = (search: string) => readView(labFields(plan), new URLSearchParams(search));
const askedFor = (search: string): LabAsked => ({
  defaults: plan.defaults,
  cells: labValues(plan, viewOf(search).view),
  layers: false,
  grid: 64,
});
const never = () => false;

/** What the runner's training measures of each step of these, on the portable engine: loss, accuracy, loss... */
function measuredByRunner(study: string, cells: readonly LabValues[]): number[][] {
  const script = fileURLToPath(new URL('fixtures-losses.mjs', import.meta.url));
  const text = execFileSync(process.execPath, [script, JSON.stringify({ study, cells })], { encoding: 'utf8' });
  return JSON.parse(text) as number[][];
}

describe('the trainings of the spiral lab', () => {
  it("have the runner's losses and accuracies, bit for bit, in turns and whatever is looked at", async () => {
    const asked = askedFor('seed=3&lr=0.01');
    const session = await LabSession.open(asked);
    const rows: number[][] = asked.cells.map(() => []);
    for (const to of [1, 8, 9, 60]) {
      const frame = session.advance(to, never);
      expect(frame.step).toBe(to);
      for (const [i, cell] of frame.cells.entries()) rows[i]?.push(...cell.rows);
    }
    for (const values of asked.cells) expect(values).toMatchObject({ seed: 3, 'optimizer.lr': 0.01 });
    expect(rows).toEqual(
      measuredByRunner(
        'spiral',
        asked.cells.map((values) => ({ ...values, epochs: 60 })),
      ),
    );
  });

  it("are the study's own configs: a run of the command line has the same hash", async () => {
    const { defaults, cells } = askedFor('');
    const hashes = await Promise.all(cells.map((values) => configHash(buildConfig(defaults, values))));
    const course = { 'model.activation': 'relu', 'optimizer.name': 'adam' };
    expect(hashes).toContain(await configHash(buildConfig(plan.defaults, course)));
    expect(new Set(hashes).size).toBe(4);
  });

  it('take ReLU and Adam past 0.93 within 1000 epochs, and no linear one near', async () => {
    const session = await LabSession.open(askedFor(''));
    const accuracies = session.advance(1000, never).cells.map(({ train }) => train.accuracy);
    expect(plan.cells.map(({ name }) => name.en)).toEqual([
      'linear · SGD',
      'linear · Adam',
      'ReLU · SGD',
      'ReLU · Adam',
    ]);
    expect(accuracies[3]).toBeGreaterThan(0.93);
    expect(Math.max(...accuracies.slice(0, 3))).toBeLessThan(0.65);
  });

  it('end a turn when time is up, all at the same step', async () => {
    const session = await LabSession.open(askedFor(''));
    let rounds = 0;
    const frame = session.advance(1000, () => ++rounds === 3);
    expect(frame.step).toBe(3);
    expect(frame.cells.map(({ rows }) => rows.length)).toEqual([6, 6, 6, 6]);
    expect(frame.cells[0]?.picture).toHaveLength(64 * 64 * 3);
    expect(frame.cells[2]?.units).toHaveLength(100 * 4);
  });

  it('are refused by the config itself where the address has what it does not take', async () => {
    const { view, bad } = viewOf('seed=-1&lr=0&speed=3&step=2.5&units=2');
    expect(bad.map(({ name }) => name)).toEqual(['seed', 'lr', 'speed', 'step', 'units']);
    expect(view).toEqual({ seed: 1, lr: 0.001, speed: '10', step: 0, units: false });
    await expect(LabSession.open({ ...askedFor(''), cells: [{ 'optimizer.lr': 0 }] })).rejects.toThrow('optimizer.lr');
  });
});

describe('the curvature in the lab of learning rates', () => {
  const plan = learningRatePlan();
  const asked: LabAsked = {
    ...{ defaults: plan.defaults, cells: [{ seed: 1, 'optimizer.name': 'sgd', 'optimizer.lr': 1 }], layers: false },
    ...{ grid: 8, curvature: true },
  };

  it('is measured at the same steps however it is played, and changes no loss', async () => {
    const [session, other] = [await LabSession.open(asked), await LabSession.open(asked)];
    const plain = await LabSession.open({ ...asked, curvature: false });
    const whole = [...(session.advance(60, never).cells[0]?.rows ?? [])];
    const parts = [1, 7, 30, 60].flatMap((to) => [...(other.advance(to, never).cells[0]?.rows ?? [])]);
    expect(parts).toEqual(whole);
    expect(session.measures).toEqual([['loss', 'accuracy', 'curvature']]);
    expect(whole.filter((_, at) => at % 3 < 2)).toEqual([...(plain.advance(60, never).cells[0]?.rows ?? [])]);
    const curvatures = whole.filter((_, at) => at % 3 === 2);
    expect(curvatures[0]).toBeGreaterThan(0);
    expect(new Set(curvatures).size).toBe(3);
  });

  it('is followed on the training points, and is the same between two measurements', async () => {
    const config = buildConfig(plan.defaults, { 'data.n': 20, 'optimizer.name': 'sgd' });
    const prepared = await prepareFrom({ mnist: never as never, csv: never as never }, config);
    const trainer = await openTrainer(prepared);
    const bend = await Bend.open(config, prepared.train);
    const first = bend.before(trainer);
    trainer.advance(3);
    expect(bend.before(trainer)).toBe(first);
    trainer.advance(22);
    expect(bend.before(trainer)).not.toBe(first);
  });

  it('says of how many trainings the rate is beyond 2 / curvature', () => {
    expect(stableRates([4, 40, Number.NaN, -1], 0.1)).toEqual({ least: 0.05, most: 0.5, of: 2, beyond: 1 });
    expect(stableRates([], 1).of).toBe(0);
  });
});

describe('the lab of repeated trainings', () => {
  const plan = repeatabilityPlan();
  const asked: LabAsked = {
    ...{ defaults: plan.defaults, cells: labValues(plan, { seed: 4, lr: 0.01 }), layers: false, grid: 8 },
    backwards: [2],
  };

  it('has the same bits again, others where rows stand backwards, and far others from the next seed', async () => {
    expect(asked.cells.map(({ seed }) => seed)).toEqual([4, 4, 4, 5]);
    const session = await LabSession.open(asked);
    const { cells } = session.advance(60, never);
    const histories = cells.map(({ rows }, i) => {
      const history = new History(session.measures[i] ?? []);
      history.add(rows);
      return history;
    });
    const [first] = histories as [History];
    const [once, again, backwards, next] = histories.map((history) => driftOf(history, first, 60));
    expect([again?.fingerprint, again?.first, again?.at(59)]).toEqual([
      once?.fingerprint,
      null,
      Number.NEGATIVE_INFINITY,
    ]);
    expect(backwards?.fingerprint).not.toBe(once?.fingerprint);
    expect(backwards?.first).toBeLessThan(20);
    // The same sums but for their rounding: float32 has 24 binary digits.
    expect(10 ** (backwards?.at(backwards.first ?? 0) ?? 0)).toBeLessThan(1e-5);
    expect(next?.first).toBe(0);
    expect(next?.at(0)).toBeGreaterThan(-3);
  });

  it('turns the rows of a data set round, each with its label', () => {
    const data = { x: Float32Array.of(1, 2, 3, 4, 5, 6), labels: Int32Array.of(7, 8, 9), count: 3, features: 2 };
    expect(rowsBackwards(data)).toEqual({
      ...data,
      ...{ x: Float32Array.of(5, 6, 3, 4, 1, 2), labels: Int32Array.of(9, 8, 7) },
    });
    expect(rowsBackwards(rowsBackwards(data))).toEqual(data);
  });

  it('has one fingerprint for equal bits alone', () => {
    const values = Float32Array.of(0.1, 0.2, -0);
    expect(fingerprint(values)).toBe(fingerprint(values.slice()));
    for (const other of [
      [0.1, 0.2, 0],
      [0.2, 0.1, -0],
      [0.1, 0.2],
    ])
      expect(fingerprint(Float32Array.from(other))).not.toBe(fingerprint(values));
    // FNV-1a of no byte and of the byte 'a', by its authors: the offset basis, and e40c292c.
    expect(fingerprint(new Float32Array(0)).slice(0, 8)).toBe('811c9dc5');
  });
});

describe('the other labs', () => {
  it.each(OTHERS.map((plan) => [plan.id, plan] as const))(
    "%s: the study's configs and the runner's losses, each training under a name of its own",
    async (_, plan) => {
      const { view, bad } = readView(labFields(plan), new URLSearchParams(''));
      expect(bad).toEqual([]);
      const cells = labValues(plan, view);
      const session = await LabSession.open({
        defaults: plan.defaults,
        cells,
        layers: measuresLayers(plan),
        grid: plan.grid,
      });
      expect(session.steps).toBe(plan.steps);
      const measured = session.advance(12, never).cells.map(({ rows }, i) => {
        const width = session.measures[i]?.length ?? 0;
        return [...rows].filter((_, at) => at % width < 2);
      });
      expect(measured).toEqual(
        measuredByRunner(
          plan.id,
          cells.map((values) => ({ ...values, epochs: 12 })),
        ),
      );
      expect(new Set(plan.cells.map(({ name }) => name.en)).size).toBe(plan.cells.length);
      expect(new Set(plan.cells.map(({ name }) => name.zh)).size).toBe(plan.cells.length);
    },
  );

  it('walk from wide to deep with equally many parameters, within 5%', () => {
    const shape = widthVsDepthPlan().controls.find(({ kind }) => kind === 'order');
    const counts = (shape?.kind === 'order' ? shape.options : []).map(({ value }) => {
      const widths = [2, ...(value as number[]), 2];
      return widths.slice(1).reduce((sum, units, i) => sum + ((widths[i] as number) + 1) * units, 0);
    });
    expect(counts).toHaveLength(8);
    expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.05);
  });

  it('have the slope of every activation function, and gradient norms of every layer', () => {
    for (const { name, graph } of activationsPlan().cells) {
      const { values = [], slopes = [] } = graph ?? {};
      const rise = slopes.slice(0, -1).reduce((sum, slope, i) => sum + ((slope + (slopes[i + 1] ?? 0)) / 2) * 0.1, 0);
      expect(rise, name.en).toBeCloseTo((values.at(-1) ?? 0) - (values[0] ?? 0), 1);
    }
    const norms: Record<string, number> = { 'gradientNorm.1': 0.1, 'gradientNorm.2': 3 };
    expect(layerNorms((measure) => norms[measure] ?? Number.NaN)).toEqual([0.1, 3]);
  });

  it('count what diverged and what does worse than guessing', () => {
    const cell = (loss: number): CellFrame => ({
      ...{ picture: new Uint8Array(), units: new Float32Array(), rows: new Float32Array() },
      ...{ train: { loss, accuracy: 0 }, test: { loss, accuracy: 0 } },
    });
    const points = { positions: new Float32Array(), labels: new Uint8Array(), classes: 3, extent: 1, grid: 2 };
    const losses = [0.2, 1.09, 1.2, Number.NaN, Number.POSITIVE_INFINITY];
    expect(
      tallyOf(
        losses.map(cell),
        losses.map(() => points),
      ),
    ).toEqual({ diverged: 2, worse: 1, of: 5 });
  });
});

describe('the playground', () => {
  const plan = playgroundPlan();
  const { view } = readView(labFields(plan), new URLSearchParams(''));
  const numbers: Readonly<Record<string, fc.Arbitrary<number>>> = {
    n: fc.integer({ min: 2, max: 40 }),
    noise: fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 1, noNaN: true })),
    every: fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 1, max: 100 })),
    factor: fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0.01, max: 1, noNaN: true })),
    dropout: fc.double({ min: 0, max: 0.9, noNaN: true }),
    lr: fc.double({ min: 1e-6, max: 10, noNaN: true }),
    l2: fc.double({ min: 0, max: 1, noNaN: true }),
    epochs: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(),
  };
  const settings = fc.record(
    Object.fromEntries(
      plan.controls.map((control) => [
        control.name,
        'options' in control
          ? fc.constantFrom(...control.options.filter(({ value }) => value !== 'csv').map(({ name }) => name))
          : (numbers[control.name] ?? fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 })),
      ]),
    ),
  );
  const configOf = (set: Readonly<Record<string, unknown>>) =>
    buildConfig(plan.defaults, labValues(plan, { ...view, ...set })[0] ?? {});

  it('has a default for all that is set, its own noise for each data set', () => {
    expect(Object.keys(plan.controls.find(({ name }) => name === 'noise') ?? {})).toContain('fallbacks');
    for (const data of ['spiral', 'moons', 'circles', 'xor', 'gaussians', 'checkerboard']) {
      const config = configOf({ data });
      const noise = plan.controls.find(({ name }) => name === 'noise');
      if (noise?.kind !== 'own-number') throw new Error('expected a number of its own');
      expect(config.data).toMatchObject({ name: data, noise: noise.fallbacks[data], n: 200 });
    }
  });

  it('has a command whose words make the same config again, whatever is set', async () => {
    await fc.assert(
      fc.asyncProperty(settings, async (set) => {
        const config = configOf(set);
        const words = repeatCommand(config, { engine: 'portable' }).replaceAll("'", '').split(' ');
        expect(words.slice(0, 4)).toEqual(['npx', 'whorl', 'run', 'spiral']);
        const [values = {}] = grid(words.filter((word) => word.includes('=')).map(parseAssignment));
        const seed = Number(words[words.indexOf('--seeds') + 1]);
        const again = buildConfig(trainingStudy('spiral').defaults, { ...values, seed });
        expect(await configHash(again)).toBe(await configHash(config));
      }),
    );
  });

  it('has all that is set in its address', () => {
    fc.assert(
      fc.property(settings, (set) => {
        const fields = labFields(plan);
        const address = writeView(fields, new URLSearchParams(), set);
        const { view: read, bad } = readView(fields, new URLSearchParams(address.toString()));
        expect(bad).toEqual([]);
        expect(configOf(read)).toEqual(configOf(set));
      }),
    );
  });

  it('trains what is set, and gives its command', async () => {
    const cells = labValues(plan, { ...view, batch: '32', dropout: 0.2, hidden: [8, 8], data: 'moons', epochs: 2 });
    const session = await LabSession.open({ defaults: plan.defaults, cells, layers: false, grid: 64 });
    const { cells: seen } = session.advance(1e9, never);
    expect(session.steps).toBe(26);
    expect([...(seen[0]?.rows ?? [])]).toEqual(measuredByRunner('spiral', cells)[0]);
    expect(session.commands).toEqual([
      "npx whorl run spiral epochs=2 batchSize=32 data.name=moons data.n=200 'model.hidden=[8,8]' model.dropout=0.2 optimizer.lr=0.01 optimizer.weightDecay=0 --seeds 1 --engine portable",
    ]);
  });

  it("has a schedule with that schedule's own numbers: what was set of another one is left out", () => {
    expect(configOf({ schedule: 'step' }).schedule).toEqual({ name: 'step', every: 30, factor: 0.1 });
    expect(configOf({ schedule: 'step', every: 7 }).schedule).toEqual({ name: 'step', every: 7, factor: 0.1 });
    expect(configOf({ schedule: 'exponential', every: 7 }).schedule).toEqual({ name: 'exponential', factor: 0.99 });
    expect(configOf({ schedule: 'cosine', every: 7, factor: 0.5 }).schedule).toEqual({ name: 'cosine' });
    const shown = (schedule: string) =>
      plan.controls.filter((control) => isMeant(control, { ...view, schedule })).map(({ name }) => name);
    expect(shown('constant')).not.toContain('every');
    expect(shown('exponential')).toEqual(expect.arrayContaining(['schedule', 'factor']));
  });

  it('trains three seeds at once, each as the runner does, under one command', async () => {
    const set = { ...view, seed: 8, seeds: true, n: 20, hidden: [4], epochs: 3 };
    const cells = labValues(plan, set);
    expect(cells.map(({ seed }) => seed)).toEqual([8, 9, 10]);
    expect(trainingsOf(plan, set).map(({ name }) => name.en)).toEqual(['seed 8', 'seed 9', 'seed 10']);
    const session = await LabSession.open({ defaults: plan.defaults, cells, layers: true, network: true, grid: 64 });
    const seen = session.advance(3, never).cells;
    const losses = seen.map(({ rows }, i) => {
      const width = session.measures[i]?.length ?? 0;
      return [...rows].filter((_, at) => at % width < 2);
    });
    expect(losses).toEqual(measuredByRunner('spiral', cells));
    expect(seen.map(({ network }) => network != null)).toEqual([true, false, false]);
    const command = seedsCommand(session.commands[0] ?? '', 3);
    expect(command).toContain(' --seeds 8..10 --engine portable');
    expect(seedsCommand(command, 1)).toBe(command);
  });

  it.each([
    ['16, 8', [16, 8]],
    ['', []],
    ['16,', null],
    ['0', null],
    ['8 8', null],
    ['1,1,1,1', null],
  ])('reads layers as they are typed: %j', (text, layers) => expect(listOf(text, 3)).toEqual(layers));
});

/** A page whose frames are drawn when the test says so, and a worker that answers when it does. */
class Page implements Stage {
  readonly sent: ToLab[] = [];
  readonly #drawn: (() => void)[] = [];
  readonly #answers: (() => Promise<void>)[] = [];
  ended = 0;
  time = 0;
  calm = 0;
  readonly now = () => this.time;
  readonly gap = () => this.calm;
  readonly beforeDrawing = (then: () => void) => void this.#drawn.push(then);
  readonly worker: Stage['worker'] = (hear) => {
    let session: LabSession | null = null;
    const work = async (message: ToLab): Promise<FromLab> => {
      if (message.kind === 'open') {
        session = await LabSession.open(message);
        const { steps, measures, points, commands } = session;
        return { kind: 'opened', id: message.id, steps, measures, points, commands, frame: session.advance(0, never) };
      }
      if (message.kind === 'see') return { kind: 'seen', id: message.id, frame: null };
      if (!session) throw new Error('asked before it was opened');
      if (message.kind === 'survey')
        return { kind: 'surveyed', id: message.id, surface: session.survey(message.cells) };
      return { kind: 'frame', id: message.id, frame: session.advance(message.to, never) };
    };
    return {
      send: (message) => {
        this.sent.push(message);
        this.#answers.push(async () =>
          hear(
            await work(message).catch((error) => ({
              kind: 'failed' as const,
              id: message.id,
              said: { en: String(error), zh: String(error) },
            })),
          ),
        );
      },
      end: () => {
        this.ended += 1;
      },
    };
  };

  async answer(): Promise<void> {
    for (const answer of this.#answers.splice(0)) await answer();
  }
  draw(): number {
    const drawn = this.#drawn.splice(0);
    for (const then of drawn) then();
    return drawn.length;
  }
  async turn(): Promise<void> {
    await this.answer();
    this.draw();
  }
}

describe('the driver of a lab', () => {
  const small: LabAsked = {
    defaults: buildConfig(plan.defaults, { 'data.n': 20, epochs: 400 }),
    cells: [{}, { 'model.activation': 'linear' }],
    layers: false,
    grid: 64,
  };
  let page: Page;
  let driver: Driver;
  let seen: number[];
  beforeEach(() => {
    page = new Page();
    driver = new Driver(page);
    seen = [];
    driver.subscribe(() => seen.push(driver.shown().frame?.step ?? -1));
  });
  const opened = async (to = 0) => {
    driver.open(small, to);
    await page.turn();
  };

  it('has one worker and makes it when trainings are first asked for', async () => {
    driver.play();
    expect(page.sent).toEqual([]);
    await opened();
    expect(driver.shown()).toMatchObject({ phase: 'ready', busy: false, playing: false, done: 0, steps: 400 });
    expect(driver.shown().points).toHaveLength(2);
    await opened();
    driver.end();
    expect(page.ended).toBe(1);
  });

  it('bug: the end of some trainings was taken for that of those that were asked for next', async () => {
    const short: LabAsked = { ...small, defaults: buildConfig(small.defaults, { epochs: 2 }) };
    driver.open(short, 2);
    await page.turn();
    expect(trainedFrame(driver.shown(), short)).toBeNull();
    await page.turn();
    expect(trainedFrame(driver.shown(), short)?.step).toBe(2);
    // As its reader has set something else, before the driver was told, and until the worker has begun.
    const next = { ...short, grid: 32 };
    expect(trainedFrame(driver.shown(), next)).toBeNull();
    driver.open(next);
    expect(trainedFrame(driver.shown(), next)).toBeNull();
    expect(trainedFrame(driver.shown(), short)).toBeNull();
    driver.open(next, 2);
    await page.turn();
    await page.turn();
    expect(trainedFrame(driver.shown(), next)?.step).toBe(2);
  });

  it('shows nothing where there is nothing to train, whatever is pressed, until there is', async () => {
    await opened(3);
    driver.clear();
    expect(page.ended).toBe(1);
    driver.play();
    driver.step();
    driver.reset();
    await page.turn();
    expect(driver.shown()).toMatchObject({ phase: 'ready', playing: false, busy: false, done: 0, frame: null });
    await opened();
    expect(driver.shown()).toMatchObject({ phase: 'ready', done: 0, steps: 400 });
    expect(driver.shown().frame).not.toBeNull();
  });

  it('draws one frame at a time, and is at most two ahead', async () => {
    await opened();
    driver.speed = 25;
    driver.play();
    driver.play();
    for (let i = 0; i < 4; i++) {
      for (let answers = 0; answers < 5; answers++) await page.answer();
      expect(page.draw()).toBe(1);
      expect(driver.shown()).toMatchObject({ done: 25 * (i + 1), playing: true });
    }
    expect(page.sent.filter(({ kind }) => kind === 'advance').map((m) => m.kind === 'advance' && m.to)).toEqual([
      25, 50, 75, 100, 125, 150,
    ]);
  });

  it('pauses at the frame that is under way, and steps by one', async () => {
    await opened();
    driver.speed = 25;
    driver.play();
    driver.pause();
    await page.turn();
    expect(driver.shown()).toMatchObject({ done: 25, playing: false, busy: false });
    await page.turn();
    driver.step();
    await page.turn();
    await page.turn();
    expect(driver.shown()).toMatchObject({ done: 26, playing: false, busy: false });
    expect(driver.shown().histories[1]?.count).toBe(26);
  });

  it('does not hear what was asked before it began anew', async () => {
    await opened();
    driver.step();
    driver.reset();
    await page.turn();
    expect(driver.shown()).toMatchObject({ done: 0, busy: false });
    expect(driver.shown().histories[0]?.count).toBe(0);
    driver.step();
    await page.turn();
    expect(driver.shown().histories[0]?.count).toBe(1);
  });

  it('goes to the step of an address, and plays again from the start once it has ended', async () => {
    await opened(400);
    await page.turn();
    expect(driver.shown()).toMatchObject({ done: 400, busy: false, playing: false });
    driver.play();
    await page.turn();
    expect(driver.shown()).toMatchObject({ done: 0, playing: true, busy: true });
  });

  it('shows a step that is past as it was, and trains up to one that is not', async () => {
    await opened();
    driver.speed = 10;
    driver.play();
    for (let i = 0; i < 5; i++) await page.turn();
    driver.look(27);
    expect(driver.shown()).toMatchObject({ frame: { step: 20 }, playing: false });
    for (let i = 0; i < 3; i++) await page.turn();
    expect(driver.shown()).toMatchObject({ frame: { step: 20 }, busy: false });
    expect(driver.shown().done).toBeGreaterThan(50);
    driver.look(90);
    await page.turn();
    await page.turn();
    expect(driver.shown()).toMatchObject({ frame: { step: 90 }, done: 90, busy: false });
  });

  it('keeps few frames of a long training, the first and the last among them', async () => {
    await opened();
    driver.speed = 1;
    driver.play();
    for (let i = 0; i < 400; i++) await page.turn();
    driver.look(0);
    expect(driver.shown().frame?.step).toBe(0);
    driver.look(399);
    const before = driver.shown().frame?.step ?? 0;
    expect(before).toBeGreaterThan(390);
    expect(before).toBeLessThan(400);
  });

  it('moves seldom where motion is not wanted, and shows the end', async () => {
    page.calm = 1000;
    await opened();
    seen.length = 0;
    driver.speed = 1;
    driver.play();
    page.time = 10;
    for (let i = 0; i < 4; i++) await page.turn();
    expect(driver.shown()).toMatchObject({ done: 400, playing: false });
    expect(new Set(seen)).toEqual(new Set([0, 400]));
  });

  it('ends a worker that does not answer when something else is asked for, and no other', async () => {
    await opened();
    driver.play();
    page.time += 300;
    driver.open(small);
    expect(page.ended).toBe(0);
    page.time += 200;
    driver.open(small);
    expect(page.ended).toBe(1);
    await page.turn();
    expect(driver.shown()).toMatchObject({ phase: 'ready', done: 0 });
  });

  it('says why there is no training', async () => {
    driver.open({ ...small, cells: [{ 'optimizer.lr': -1 }] });
    await page.answer();
    expect(driver.shown()).toMatchObject({ phase: 'failed', busy: false });
    expect(driver.shown().fault?.en).toContain('optimizer.lr');
  });
});

describe('what a lab draws', () => {
  const number = fc.integer({ min: -300, max: 300 }).map((hundredths) => hundredths / 100);

  it('lines of units from edge to edge of the picture, each on its line', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 20 }), (lines) => {
        const units = Float32Array.from(lines.flatMap((line) => [...line, 1]));
        for (const { from, to, share } of unitLines(units, 1.5)) {
          expect(share).toBe(1);
          for (const [x, y] of [from, to]) {
            expect(Math.max(Math.abs(x), Math.abs(y))).toBeCloseTo(1.5, 5);
            const off = lines.map(([a, b, c]) => Math.abs(a * x + b * y + c) / Math.hypot(a, b));
            expect(Math.min(...off.filter((distance) => !Number.isNaN(distance)))).toBeLessThan(1e-4);
          }
        }
      }),
    );
  });

  it('no line of a unit that is nowhere or beyond the picture', () => {
    expect(unitLines(Float32Array.of(0, 0, 1, 1, 1, 0, 9, 1), 1)).toEqual([]);
    expect(unitLines(Float32Array.of(1, 0, 0, 1, 0, 1, 0, 2), 1).map(({ share }) => share)).toEqual([0.5, 1]);
  });

  it('curves with every peak, up to the first that is no number', () => {
    const box = { steps: 1000, low: 0, high: 2, width: 50, height: 100 };
    const path = curvePath((step) => (step === 501 ? 9 : 1), 1000, box);
    expect(path).toContain('24.0 0.0');
    expect(path.split('L').length).toBeLessThan(60);
    expect(curvePath((step) => (step < 490 ? 1 : Number.NaN), 1000, box)).not.toContain('L24.0');
    expect(curvePath(() => 1, 0, box)).toBe('');
  });

  it('a table of all that was measured, as it is', () => {
    const history = new History(['loss', 'accuracy']);
    for (let step = 0; step < 2000; step++) history.add(Float32Array.of(1 / (step + 1), 0.5));
    const { columns, rows } = lossTable(['a'], [history]);
    expect(columns).toEqual(['step', 'a loss', 'a accuracy']);
    expect(rows).toHaveLength(2000);
    expect(rows[1999]).toEqual([1999, Math.fround(1 / 2000), 0.5]);
    expect(history.at(2000, 'loss')).toBeNaN();
    expect(history.at(0, 'other')).toBeNaN();
  });

  it('the stop of a slider that is nearest', () => {
    expect([1e-9, 1e-3, 0.0018, 0.2, 50].map((rate) => nearestStop([1e-3, 0.01, 0.1, 1], rate))).toEqual([
      0, 0, 0, 2, 3,
    ]);
  });
});
