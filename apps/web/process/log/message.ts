import { z } from 'zod';

// What a program with our client tells of its run: packages/client/src/wire.ts is the other end.

/** Most points of one message. */
const MOST_POINTS = 100_000;
const MOST_TEXTS = 10_000;

const MOST_KEY = 500;
const MOST_TIME = 8.64e15;

const texts = z
  .record(z.string(), z.string())
  .refine((all) => Object.keys(all).length <= MOST_TEXTS, { error: `expected at most ${MOST_TEXTS} entries` });
const time = z.number().min(0).max(MOST_TIME);

const ODD: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** A column of points. Each of them is looked at once and by hand: a schema for each takes longer than keeping it. */
const column = (what: string, numberOf: (value: unknown) => number | undefined) =>
  z.custom<readonly unknown[]>(Array.isArray, { error: 'expected a list' }).transform((given, context) => {
    if (given.length > MOST_POINTS) return wrong(context, `expected at most ${MOST_POINTS} points`);
    const numbers = new Float64Array(given.length);
    for (let i = 0; i < given.length; i++) {
      const number = numberOf(given[i]);
      if (number === undefined) return wrong(context, `expected ${what}, got ${cameAs(given[i])} at ${i}`);
      numbers[i] = number;
    }
    return numbers;
  });

/** As short as it must be: it may be of any size. */
const cameAs = (value: unknown): string => (typeof value === 'number' ? String(value) : `a ${typeof value}`);

function wrong(context: z.RefinementCtx, text: string) {
  context.addIssue({ code: 'custom', message: text });
  return z.NEVER;
}

const finite = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

const series = z
  .object({
    key: z.string().max(MOST_KEY),
    offset: z.int().min(0),
    steps: column('a number', finite),
    values: column('a number, NaN, Infinity or -Infinity', (value) => finite(value) ?? ODD.get(value)),
    times: column(`0 to ${MOST_TIME} ms`, (value) => {
      const ms = finite(value);
      return ms !== undefined && ms >= 0 && ms <= MOST_TIME ? ms : undefined;
    }),
  })
  .refine(({ steps, values, times }) => steps.length === values.length && steps.length === times.length, {
    error: 'expected as many steps as values and times',
  });

export const RUN_ID = /^[0-9a-z]{8,32}$/;

export const message = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    run: z.object({
      id: z.string().regex(RUN_ID),
      experiment: z.string(),
      name: z.string(),
      startedAt: time,
      params: texts,
      tags: texts,
      environment: texts,
    }),
  }),
  z.object({ kind: z.literal('log'), series: z.array(series).max(MOST_TEXTS) }),
  z.object({ kind: z.literal('tags'), tags: texts }),
  z.object({
    kind: z.literal('file'),
    file: z.object({
      name: z.string(),
      step: z.int().min(0).nullable(),
      mediaType: z.string(),
      data: z.base64(),
    }),
  }),
  z.object({ kind: z.literal('end'), status: z.enum(['finished', 'failed', 'interrupted']), endedAt: time }),
]);
export type LogMessage = z.output<typeof message>;
