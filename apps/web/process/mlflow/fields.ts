import { z } from 'zod';

// Fields of messages as protobuf reads them from JSON: an int64 is a number or its text, a double also `NaN` and `Infinity`
// as texts, and in an address everything is a text.

const INT64 = /^-?\d{1,19}$/;
const [LEAST, MOST] = [-(2n ** 63n), 2n ** 63n - 1n];

/** An integer that a double holds: the others would become their neighbours, and are refused. */
export function readInt64(given: unknown): number | undefined {
  if (typeof given === 'number') return Number.isInteger(given) && Math.abs(given) < 2 ** 63 ? given : undefined;
  if (typeof given !== 'string' || !INT64.test(given)) return undefined;
  const exact = BigInt(given);
  const number = Number(given);
  return exact >= LEAST && exact <= MOST && BigInt(number) === exact ? number : undefined;
}

const DOUBLES: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);
const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

export function readDouble(given: unknown): number | undefined {
  if (typeof given === 'number') return given;
  if (typeof given !== 'string') return undefined;
  return DOUBLES.get(given) ?? (DECIMAL.test(given) ? Number(given) : undefined);
}

const readBy = <T>(read: (given: unknown) => T | undefined) =>
  z.unknown().transform((given, context): T => {
    const value = read(given);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: given === undefined || given === null ? REQUIRED : '' });
    return z.NEVER;
  });

/** What a field's issue says that is not there. */
export const REQUIRED = 'required';

/** An empty text is none, as in protobuf. */
export const text = z.string().min(1, REQUIRED);
export const optionalText = z
  .string()
  .nullish()
  .transform((given) => given || undefined);
export const int64 = readBy(readInt64);
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((given) => given ?? undefined, schema.optional());
export const list = <T extends z.ZodType>(schema: T) =>
  z
    .array(schema)
    .nullish()
    .transform((given) => given ?? []);
export const pairs = list(
  z.object({
    key: text,
    value: z
      .string()
      .nullish()
      .transform((given) => given ?? ''),
  }),
);

export const MOST_RESULTS = 50_000;

/** How many of a list, from 1 on. */
export const pageSize = (most: number, fallback: number) =>
  optional(int64).transform((size, context) => {
    if (size === undefined) return fallback;
    if (size >= 1 && size <= most) return size;
    context.addIssue({ code: 'custom', message: `It must be a positive integer no more than ${most}.` });
    return z.NEVER;
  });

const VIEWS = ['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'] as const;
const ARCHIVED = { ACTIVE_ONLY: false, DELETED_ONLY: true, ALL: undefined } as const;

/** Whether those that are archived are meant, or undefined for all; a view has a name or, counted from 1, a number. */
export const viewType = z
  .preprocess((given) => (/^[1-3]$/.test(String(given)) ? VIEWS[Number(given) - 1] : given), z.enum(VIEWS).nullish())
  .transform((view) => ARCHIVED[view ?? 'ACTIVE_ONLY']);
