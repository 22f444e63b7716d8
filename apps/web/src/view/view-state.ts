import * as z from 'zod/mini'; // every page has this: the whole of zod is a tenth of a page's scripts

// The state of a view is its address. Each field has a schema from the text in the address to its value; what does not
// fit is named on the page and the field's default is used.

/** A field of a view: how it reads from the address, how it is written there, and what it is where it is absent. */
export interface ViewField<T> {
  readonly fallback: T;
  readonly schema: z.core.$ZodType<T, string>;
  readonly write: (value: T) => string;
}

// biome-ignore lint/suspicious/noExplicitAny: fields of every type; ViewOf gives each its own
export type ViewFields = Readonly<Record<string, ViewField<any>>>;
export type ViewOf<F extends ViewFields> = { readonly [K in keyof F]: F[K] extends ViewField<infer T> ? T : never };

/** A field of the address that could not be read. */
export interface BadField {
  readonly name: string;
  readonly came: string;
  readonly expected: string;
}

const LONGEST_SHOWN = 80;

/** Reads a view from an address. Never throws. */
export function readView<F extends ViewFields>(
  fields: F,
  search: { get(name: string): string | null },
): { view: ViewOf<F>; bad: BadField[] } {
  const bad: BadField[] = [];
  const entries = Object.entries(fields).map(([name, { schema, fallback }]) => {
    const text = search.get(name);
    if (text === null) return [name, fallback];
    const parsed = z.safeParse(schema, text);
    if (parsed.success) return [name, parsed.data];
    const came = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
    bad.push({ name, came, expected: parsed.error.issues[0]?.message ?? '' });
    return [name, fallback];
  });
  return { view: Object.fromEntries(entries) as ViewOf<F>, bad };
}

/** The address's parameters with the changes in them; a value that is the default is left out. Others stay. */
export function writeView<F extends ViewFields>(
  fields: F,
  search: URLSearchParams,
  changes: Partial<ViewOf<F>>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    const field = fields[name] as ViewField<unknown> | undefined;
    if (!field || value === undefined) continue;
    const text = field.write(value);
    if (text === field.write(field.fallback)) next.delete(name);
    else next.set(name, text);
  }
  return next;
}

/** A free text. */
export const textField = (fallback = '', longest = 10_000): ViewField<string> => ({
  fallback,
  schema: z.string().check(z.maxLength(longest, `at most ${longest} characters`)),
  write: (value) => value,
});

/** One of some words. */
export const choiceField = <const T extends string>(choices: readonly T[], fallback: T): ViewField<T> => ({
  fallback,
  schema: z.enum(choices as readonly [T, ...T[]], `one of ${choices.join(', ')}`) as unknown as z.core.$ZodType<
    T,
    string
  >,
  write: (value) => value,
});

/** `1` or nothing. */
export const flagField = (fallback = false): ViewField<boolean> => ({
  fallback,
  schema: z.pipe(
    z.enum(['0', '1'], '0 or 1'),
    z.transform((text) => text === '1'),
  ),
  write: (value) => (value ? '1' : '0'),
});

/** A number between two ends. */
export const numberField = (fallback: number, least: number, most: number): ViewField<number> => ({
  fallback,
  schema: z
    .pipe(
      z.string(),
      z.transform((text) => (text.trim() === '' ? Number.NaN : Number(text))),
    )
    .check(z.refine((value) => value >= least && value <= most, `a number from ${least} to ${most}`)),
  write: String,
});

/** Texts, each after the other; a comma or a tilde within one is written as `~c` or `~t`. */
export const listField = (fallback: readonly string[] = [], most = 1000): ViewField<readonly string[]> => ({
  fallback,
  schema: z
    .pipe(
      z.string(),
      z.transform((text) =>
        text === '' ? [] : text.split(',').map((part) => part.replace(/~c/g, ',').replace(/~t/g, '~')),
      ),
    )
    .check(z.refine((items) => items.length <= most, `at most ${most} items`)),
  write: (items) => items.map((item) => item.replace(/~/g, '~t').replace(/,/g, '~c')).join(','),
});
