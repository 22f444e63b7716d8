import { trainingStudy } from '@whorl/core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { KeptRun, Recording } from '../src/contract/recording.ts';
import type { FromRecorder } from '../src/features/labs/model/record-messages.ts';
import {
  type RecorderStage,
  type RecordingOfAll,
  type RecordingState,
  recordTraining,
  recordTrainings,
} from '../src/features/labs/model/recorder.ts';
import type { Trained } from '../src/features/labs/model/training-record.ts';

const config = trainingStudy('spiral').defaults;
const trained: Trained = { durationMs: 5, engineVersions: {}, series: [], files: [] };
const KEPT: KeptRun = { runId: 'run1', experimentId: 'experiment1', isNew: true };

/** A page whose worker and server answer when the test says so. */
class Page implements RecorderStage {
  hear: (message: FromRecorder) => void = () => {};
  fail: (reason: string) => void = () => {};
  answer: (found: KeptRun | null) => void = () => {};
  refuse: (error: Error) => void = () => {};
  readonly sent: Recording[] = [];
  ended = 0;
  readonly worker: RecorderStage['worker'] = (_, hear, fail) => {
    this.hear = hear;
    this.fail = fail;
    return () => {
      this.ended += 1;
    };
  };
  readonly find: RecorderStage['find'] = () =>
    new Promise((resolve) => {
      this.answer = resolve;
    });
  readonly add: RecorderStage['add'] = (recording) => {
    this.sent.push(recording);
    return new Promise((resolve, reject) => {
      this.answer = resolve as never;
      this.refuse = reject;
    });
  };
  readonly browser = () => 'b'.repeat(1000);
}

describe('recording a training', () => {
  let page: Page;
  let told: RecordingState[];
  let stop: () => void;
  const phases = () => told.map(({ phase }) => phase);
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  beforeEach(() => {
    page = new Page();
    told = [];
    stop = recordTraining(page, { defaults: config, values: {}, experiment: 'mine' }, (state) => told.push(state));
  });

  it('trains what is not recorded, sends all of it, and ends its worker', async () => {
    page.hear({ kind: 'config', config });
    page.answer(null);
    await settled();
    page.hear({ kind: 'step', done: 3, steps: 9 });
    page.hear({ kind: 'trained', trained });
    expect(page.sent).toEqual([{ experiment: 'mine', config, browser: 'b'.repeat(300), ...trained }]);
    page.answer(KEPT);
    await settled();
    expect(phases()).toEqual(['looking', 'training', 'saving', 'recorded']);
    expect(told.at(-1)).toEqual({ phase: 'recorded', ...KEPT });
    expect(page.ended).toBe(1);
  });

  it('ends at once where it is recorded, and sends nothing', async () => {
    page.hear({ kind: 'config', config });
    page.hear({ kind: 'step', done: 1, steps: 9 });
    page.answer({ ...KEPT, isNew: false });
    await settled();
    page.hear({ kind: 'trained', trained });
    expect(phases()).toEqual(['looking', 'training', 'recorded']);
    expect([page.sent, page.ended]).toEqual([[], 1]);
  });

  it.each<[string, (page: Page) => unknown]>([
    ['a config that is refused', (page) => page.hear({ kind: 'failed', said: { en: 'no', zh: '否' } })],
    ['a worker that does not start', (page) => page.fail('no')],
    [
      'a server that refuses',
      (page) => {
        page.hear({ kind: 'config', config });
        page.hear({ kind: 'trained', trained });
        page.refuse(new Error('no'));
      },
    ],
  ])('says what went wrong: %s', async (_, happens) => {
    happens(page);
    await settled();
    expect(told.at(-1)).toMatchObject({ phase: 'failed', said: { en: 'no' } });
    expect(page.ended).toBe(1);
  });

  it('is silent once it is stopped', async () => {
    page.hear({ kind: 'config', config });
    stop();
    page.hear({ kind: 'step', done: 1, steps: 9 });
    page.answer(KEPT);
    await settled();
    expect([phases(), page.ended, page.sent]).toEqual([['looking'], 1, []]);
  });
});

describe('recording several seeds', () => {
  it('records one after the other, and says of each where it is', async () => {
    const page = new Page();
    const told: RecordingOfAll[] = [];
    recordTrainings(page, { defaults: config, all: [{ seed: 4 }, { seed: 5 }], experiment: 'mine' }, (state) =>
      told.push(state),
    );
    const answered = async (runId: string, isNew: boolean) => {
      page.hear({ kind: 'config', config });
      page.hear({ kind: 'trained', trained });
      page.answer({ ...KEPT, runId, isNew });
      await new Promise((resolve) => setTimeout(resolve));
    };
    await answered('run4', true);
    expect(told.map((state) => ('seed' in state ? [state.phase, state.seed] : state.phase))).toEqual([
      ...[
        ['looking', 4],
        ['saving', 4],
      ],
      ['looking', 5],
    ]);
    await answered('run5', false);
    expect(told.at(-1)).toEqual({
      phase: 'recorded',
      runs: [
        { ...KEPT, runId: 'run4', seed: 4 },
        { ...KEPT, runId: 'run5', seed: 5, isNew: false },
      ],
    });
    expect(page.ended).toBe(2);
  });

  it('ends with the first that fails, and can be stopped in between', async () => {
    const page = new Page();
    const told: RecordingOfAll[] = [];
    const asked = { defaults: config, all: [{ seed: 4 }, { seed: 5 }], experiment: 'mine' };
    recordTrainings(page, asked, (state) => told.push(state));
    page.fail('no');
    expect(told.at(-1)).toMatchObject({ phase: 'failed', seed: 4 });
    recordTrainings(page, asked, (state) => told.push(state))();
    expect(told.at(-1)).toMatchObject({ phase: 'looking', seed: 4 });
    expect(page.ended).toBe(2);
  });
});
