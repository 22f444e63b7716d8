import {
  assignmentsOf,
  type Config,
  configurationNames,
  dataPoints,
  own,
  probesOf,
  recordedName,
  repeatCommand,
  trainingStudy,
} from '@whorl/core';
import { PORTABLE_VERSIONS } from '@whorl/core/trainer';
import type { NewArtifact, RunToInsert } from '@whorl/store';
import type { Recording } from '#src/contract/recording.ts';
import { askedTraining } from './asked-training.ts';
import { madeFiles } from './made-files.ts';
import { measuredSeries } from './measured-series.ts';
import { refused } from './refused.ts';
import { replayed } from './replay.ts';

/** The engine that trains in pages. */
export const ENGINE_OF_PAGES = 'portable';

export interface RunOfRecording {
  readonly run: Omit<RunToInsert, 'experimentId'>;
  readonly files: readonly NewArtifact[];
}

/** What the runner would call a run that was asked for by exactly what differs from the study's defaults. */
function nameOf(config: Config): string {
  const [name] = configurationNames(trainingStudy(config.study), [Object.fromEntries(assignmentsOf(config))]);
  return recordedName(name || config.study, config.seed);
}

/**
 * The run that a page trained, as the runner would have recorded it: all of it is checked, and nothing is written.
 * @throws SaidError naming the first thing that cannot be so
 */
export async function runOfRecording(recording: Recording, now: number): Promise<RunOfRecording> {
  const { durationMs, browser, engineVersions } = recording;
  const prepared = await askedTraining(recording.config);
  const { config, steps, stepsPerEpoch, train } = prepared;
  const startedAt = now - durationMs;
  const metrics = measuredSeries(recording.series, { steps, startedAt, durationMs });
  if (probesOf(config).layers && !metrics['gradientNorm.1'])
    throw refused('series gradientNorm.1: missing', '序列 gradientNorm.1：缺失');
  const made = madeFiles(recording.files, prepared);
  const replay = await replayed(prepared, engineVersions, metrics);
  const began = new Date(startedAt);
  const lines = [
    [startedAt, `trained in a browser: ${browser}`],
    [
      startedAt,
      `started: ${config.study}, seed ${config.seed}, ${steps} steps on ${train.count} rows, engine ${ENGINE_OF_PAGES}`,
    ],
    [now, `finished after ${steps} steps in ${(durationMs / 1000).toFixed(1)} s`],
    [now, `the server trained the first ${replay} steps itself: the same bits`],
  ] as const;
  const log = lines.map(([at, text]) => `${new Date(at).toISOString()} ${text}\n`).join('');
  return {
    run: {
      ...{ config, name: nameOf(config), source: 'browser', status: 'finished', metrics },
      ...{ engine: ENGINE_OF_PAGES, mode: 'compiled', command: repeatCommand(config, { engine: ENGINE_OF_PAGES }) },
      environment: {
        ...{ engineVersions: { ...PORTABLE_VERSIONS, ...shortened(engineVersions) } },
        ...{ threads: 1, browser, stepsPerEpoch, launch: `${new Date(now).toISOString()} browser` },
      },
      ...{ createdAt: began, startedAt: began, endedAt: new Date(now), durationMs },
    },
    files: [
      ...(train.features === 2 ? [dataPoints(train)] : []),
      ...made,
      { name: 'log', step: steps, mediaType: 'text/plain; charset=utf-8', data: Buffer.from(log) },
    ],
  };
}

/** The version of what looks at a model between the steps, where the page says it. */
const LOOKS = '@tensorflow/tfjs-backend-wasm';
const shortened = (versions: Readonly<Record<string, string>>) => {
  const version = own(versions, LOOKS);
  return version === undefined ? {} : { [LOOKS]: version };
};
