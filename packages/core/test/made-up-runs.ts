import {
  buildConfig,
  type Evidence,
  flatten,
  type ParamValue,
  Rng,
  type StudyRun,
  type TrainingStudy,
} from '../src/index.ts';

export type Params = Readonly<Record<string, ParamValue>>;
/** What a run of these params measured, before the noise. */
export type World = (params: Params, seed: number) => Readonly<Record<string, number>>;

interface MadeUp {
  readonly seeds?: readonly number[];
  /** What else differs, such as the epochs of one level. */
  readonly change?: (params: Params) => Params;
}

/** Runs of a study's quick variants in a world whose answer is known, each number off by about a thousandth of it. */
export function madeUp(
  study: TrainingStudy,
  world: World,
  { seeds = [1, 2, 3, 4, 5], change = (params) => params }: MadeUp = {},
): Evidence {
  const rng = Rng.of(7);
  const runs = study.variants('quick').flatMap((values) =>
    seeds.map((seed): StudyRun => {
      const params = change(flatten(buildConfig(study.defaults, { ...values, seed })));
      const metrics = Object.entries(world(params, seed)).map(([key, exact]) => {
        const value = exact * (1 + 1e-3 * rng.normal());
        return [key, { last: value, min: value, max: value }] as const;
      });
      return { params, metrics: Object.fromEntries(metrics), durationMs: 1000 };
    }),
  );
  return { runs, demonstrations: [] };
}
