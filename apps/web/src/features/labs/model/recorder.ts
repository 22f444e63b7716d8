import type { Config, Text } from '@whorl/core';
import { type KeptRun, LONGEST_BROWSER, type Recording } from '#src/contract/recording.ts';
import type { LabValues } from './messages.ts';
import type { FromRecorder, RecordAsked } from './record-messages.ts';

/** What recording needs of its page. */
export interface RecorderStage {
  /** @returns what ends the worker */
  readonly worker: (
    asked: RecordAsked,
    hear: (message: FromRecorder) => void,
    fail: (reason: string) => void,
  ) => () => void;
  readonly find: (place: { readonly experiment: string; readonly config: Config }) => Promise<KeptRun | null>;
  readonly add: (recording: Recording) => Promise<KeptRun>;
  /** What the browser calls itself. */
  readonly browser: () => string;
}

/** How far the recording of a training is. */
export type RecordingState =
  | { readonly phase: 'idle' }
  /** Asks whether it is recorded, and loads what trains it. */
  | { readonly phase: 'looking' }
  | { readonly phase: 'training'; readonly done: number; readonly steps: number }
  | { readonly phase: 'saving' }
  | ({ readonly phase: 'recorded' } & KeptRun)
  | { readonly phase: 'failed'; readonly said: Text };

const saidOf = (error: unknown): Text => {
  const text = error instanceof Error ? error.message : String(error);
  return { en: text, zh: text };
};

/**
 * Records a training: looks whether it is there, trains it in a worker of its own from the first step to the last, and sends it.
 * @param tell told of each change
 * @returns what stops it, after which nothing is told; what was being sent may be recorded all the same
 */
export function recordTraining(
  stage: RecorderStage,
  asked: RecordAsked & { readonly experiment: string },
  tell: (state: RecordingState) => void,
): () => void {
  const { experiment, ...training } = asked;
  let isOver = false;
  let config: Config | undefined;
  let end = () => {};
  const say = (state: RecordingState) => {
    if (!isOver) tell(state);
  };
  const finish = (state: RecordingState) => {
    say(state);
    isOver = true;
    end();
  };
  const fail = (error: unknown) => finish({ phase: 'failed', said: saidOf(error) });
  const hear = (message: FromRecorder) => {
    if (message.kind === 'config') {
      config = message.config;
      stage.find({ experiment, config }).then((found) => {
        if (found && !isOver) finish({ phase: 'recorded', ...found });
      }, fail);
    } else if (message.kind === 'step') say({ phase: 'training', done: message.done, steps: message.steps });
    else if (message.kind === 'failed') finish({ phase: 'failed', said: message.said });
    else if (!isOver && config) {
      say({ phase: 'saving' });
      const browser = stage.browser().slice(0, LONGEST_BROWSER);
      stage
        .add({ experiment, config, browser, ...message.trained })
        .then((recorded) => finish({ phase: 'recorded', ...recorded }), fail);
    }
  };
  say({ phase: 'looking' });
  end = stage.worker(training, hear, (reason) => fail(new Error(reason)));
  return () => {
    isOver = true;
    end();
  };
}

/** Trainings that differ in their seeds, and the experiment in which they are to be recorded. */
export interface RecordAll extends Pick<RecordAsked, 'defaults'> {
  readonly all: readonly LabValues[];
  readonly experiment: string;
}

/** How far the recording of some trainings is: of the one whose turn it is, or of all of them. */
export type RecordingOfAll =
  | (Exclude<RecordingState, { phase: 'recorded' }> & { readonly seed: number })
  | { readonly phase: 'recorded'; readonly runs: readonly (KeptRun & { readonly seed: number })[] };

/** Records trainings one after the other; the first that fails is the last. @returns what stops it, as of {@link recordTraining} */
export function recordTrainings(
  stage: RecorderStage,
  { all, ...common }: RecordAll,
  tell: (state: RecordingOfAll) => void,
): () => void {
  const runs: (KeptRun & { readonly seed: number })[] = [];
  let stop = () => {};
  const next = () => {
    const values = all[runs.length];
    if (!values) return tell({ phase: 'recorded', runs });
    const seed = Number(values.seed ?? common.defaults.seed);
    stop = recordTraining(stage, { ...common, values }, (state) => {
      if (state.phase !== 'recorded') return tell({ ...state, seed });
      const { runId, experimentId, isNew } = state;
      runs.push({ runId, experimentId, isNew, seed });
      next();
    });
  };
  next();
  return () => stop();
}
