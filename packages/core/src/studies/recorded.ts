import { buildConfig } from '../config/assignments.ts';
import { canonicalJson, flatten } from '../config/canonical.ts';
import type { Config } from '../config/schema.ts';
import type { Demonstration, Study, StudyRun } from './study.ts';
import { judgeStudy, type StudyVerdict } from './verdict.ts';

/** A run as it was recorded. */
export interface RecordedRun {
  readonly status: string;
  /** Null where it is damaged, or of a program that has none. */
  readonly config: Config | null;
  readonly metrics: readonly {
    readonly key: string;
    readonly last: number;
    readonly min: number;
    readonly max: number;
  }[];
  readonly durationMs: number | null;
}

/** What recorded runs say of their study's claims. */
export interface RecordedVerdict<R extends RecordedRun> extends StudyVerdict {
  /** The runs that it was judged by. */
  readonly runs: readonly R[];
  /** How many seeds these have. */
  readonly seeds: number;
}

/** What all runs of a configuration have in common, as text: the config but for its seed. */
export const withoutSeed = ({ seed: _, ...config }: Config): string => canonicalJson(config);

const answering = new WeakMap<Study, ReadonlyMap<string, number>>();

/** The configurations that answer a study's question, at any scale, with the place of each; made once, of many experiments. */
function answeringConfigs(study: Study): ReadonlyMap<string, number> {
  const known = answering.get(study) ?? makeAnsweringConfigs(study);
  answering.set(study, known);
  return known;
}

function makeAnsweringConfigs(study: Study): ReadonlyMap<string, number> {
  if (study.kind !== 'training') return new Map();
  const all = (['full', 'quick'] as const).flatMap((scale) =>
    study.variants(scale).map((values) => withoutSeed(buildConfig(study.defaults, values))),
  );
  return new Map([...new Set(all)].map((config, place) => [config, place]));
}

/**
 * The finished runs that a study is judged by: those of its own configurations, each config and seed once. They are found
 * by their configs: params are kept as texts, in which `true` and "true" are the same. They come in the order of the study,
 * whatever the order in which they were trained, so that what is said of them is the same in every place.
 * @param runs the newest first: of two of one config the newer counts
 */
export function evidenceAmong<R extends RecordedRun>(study: Study, runs: readonly R[]): R[] {
  const places = answeringConfigs(study);
  const found = new Map<string, { run: R; place: number; seed: number }>();
  for (const run of runs) {
    const { config, status } = run;
    if (status !== 'finished' || config === null) continue;
    const place = places.get(withoutSeed(config));
    const key = canonicalJson(config);
    if (place !== undefined && !found.has(key)) found.set(key, { run, place, seed: config.seed });
  }
  return [...found.values()].sort((a, b) => a.place - b.place || a.seed - b.seed).map(({ run }) => run);
}

/** A recorded run as a claim's judge sees it. */
const studyRunOf = (config: Config, { metrics, durationMs }: Omit<RecordedRun, 'config' | 'status'>): StudyRun => ({
  params: flatten(config),
  metrics: Object.fromEntries(metrics.map(({ key, last, min, max }) => [key, { last, min, max }])),
  durationMs,
});

/** Judges a study by what is recorded of it. @param runs of one experiment, the newest first */
export function judgeRecorded<R extends RecordedRun>(
  study: Study,
  runs: readonly R[],
  demonstrations: readonly Demonstration[] = [],
): RecordedVerdict<R> {
  const found = evidenceAmong(study, runs);
  const evidence = found.flatMap((run) => (run.config ? [studyRunOf(run.config, run)] : []));
  return {
    ...judgeStudy(study, { runs: evidence, demonstrations }),
    runs: found,
    seeds: new Set(evidence.map(({ params }) => params.seed)).size,
  };
}
