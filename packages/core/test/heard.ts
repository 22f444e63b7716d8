import type { Config } from '../src/config/schema.ts';
import { prepare } from '../src/node/index.ts';
import {
  follow,
  type StepMetrics,
  type TrainEvent,
  type TrainResult,
  train as trainPrepared,
  initialWeights as weightsBefore,
} from '../src/train/index.ts';

type Options = Parameters<typeof trainPrepared>[1];
type Artifact = Extract<TrainEvent, { kind: 'artifact' }>['artifact'];

interface Ears {
  readonly onStep?: (measured: StepMetrics) => void;
  readonly onMetrics?: (step: number, metrics: Readonly<Record<string, number>>) => void;
  readonly onArtifact?: (artifact: Artifact) => void;
}

/** Trains a config to its end; what nobody hears of is not looked at. */
export async function train(
  config: Config,
  { onStep, onMetrics, onArtifact, ...options }: Options & Ears,
): Promise<TrainResult> {
  const looks = onMetrics !== undefined || onArtifact !== undefined;
  return follow(trainPrepared(await prepare(config), { looks, ...options }), (event) => {
    if (event.kind === 'steps') for (const measured of event.steps) onStep?.(measured);
    else if (event.kind === 'metrics') onMetrics?.(event.step, event.metrics);
    else onArtifact?.(event.artifact);
  });
}

/** What a run of the config is trained on, and what it is tested on. */
export const dataOf = async (config: Config) => (await prepare(config)).train;
export const testDataOf = async (config: Config) => (await prepare(config)).test;

/** The weights that a run of the config starts from. */
export const initialWeights = async (config: Config) => weightsBefore(await prepare(config));
