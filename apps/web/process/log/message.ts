import { z } from 'zod';

// What a program with our client tells of its run: packages/client/src/wire.ts is the other end.

/** Most points of one message. */
const MOST_POINTS = 100_000;
const MOST_TEXTS = 10_000;

const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]).transform(Number);
const texts = z
  .record(z.string(), z.string())
  .refine((all) => Object.keys(all).length <= MOST_TEXTS, { error: `expected at most ${MOST_TEXTS} entries` });
const time = z.number().min(0).max(8.64e15);
const numbers = z.array(number).max(MOST_POINTS);

const series = z
  .object({
    key: z.string(),
    offset: z.int().min(0),
    steps: z.array(z.number()).max(MOST_POINTS),
    values: numbers,
    times: z.array(time).max(MOST_POINTS),
  })
  .refine(({ steps, values, times }) => steps.length === values.length && steps.length === times.length, {
    error: 'expected as many steps as values and times',
  })
  .transform(({ key, offset, steps, values, times }) => ({
    key,
    offset,
    steps: Float64Array.from(steps),
    values: Float64Array.from(values),
    times: Float64Array.from(times),
  }));

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
