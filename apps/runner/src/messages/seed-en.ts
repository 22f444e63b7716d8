import { count } from './deletion-en.ts';

// What `whorl seed` says in English.

export const SEED_EN = {
  seed: {
    expected: 'expected a param or --by-name, and not both',
    taken: (runs: number, seeded: number, param: string | null) =>
      runs === 0
        ? `No program has logged runs there yet; those that come take their seed from ${param ?? 'what is called like one'}.`
        : `${seeded} of ${count(runs, 'run', 'runs')} ${seeded === 1 ? 'has its seed' : 'have their seed'} from ${param ?? 'what is called like one'}.`,
    none: (param: string) => `none of them logged ${param} as a whole number: whorl show <run> shows its params`,
  },
};
