import type { Probes } from '../../studies/probes.ts';

/** Follows the metrics of a run and sums them up at its end. */
export interface Follower {
  see(step: number, metrics: Readonly<Record<string, number>>): void;
  end(): Readonly<Record<string, number>>;
}

/** The followers that the probes of a run ask for. @param steps the updates of the whole run */
export const followersOf = ({ milestones = [], oscillation = false }: Probes, steps: number): Follower[] => [
  ...milestones.map(({ key, metric, reaches }): Follower => {
    let first = Number.POSITIVE_INFINITY;
    return {
      see: (step, metrics) => {
        if (first === Number.POSITIVE_INFINITY && (metrics[metric] ?? Number.NEGATIVE_INFINITY) >= reaches)
          first = step;
      },
      end: () => ({ [key]: first }),
    };
  }),
  ...(oscillation ? [oscillationOf(steps)] : []),
];

/** `oscillation`: the share of steps in the second half in which the loss rose; NaN where the loss is. */
function oscillationOf(steps: number): Follower {
  let [before, rises, counted] = [Number.NaN, 0, 0];
  return {
    see: (step, { loss }) => {
      if (loss === undefined) return;
      if (step > steps / 2) {
        counted += 1;
        if (loss > before) rises += 1;
      }
      before = loss;
    },
    end: () => ({ oscillation: Number.isNaN(before) || counted === 0 ? Number.NaN : rises / counted }),
  };
}
