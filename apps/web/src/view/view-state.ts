import type { BadField } from '#src/contract/bad-field.ts';

// The state of a view is in its address. Each field reads its value from a parameter; an invalid one is reported on the
// page, and the default is used. (Plain functions, because a schema library would be a tenth of a page's scripts.)

/** A parameter that a field cannot read. The message says what was expected. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** A field of a view: how it is read and written, and its default. */
export interface ViewField<T> {
  readonly fallback: T;
  /** @throws Unreadable */
  readonly read: (text: string) => T;
  readonly write: (value: T) => string;
}

// biome-ignore lint/suspicious/noExplicitAny: fields of every type; ViewOf gives each its own
export type ViewFields = Readonly<Record<string, ViewField<any>>>;
export type ViewOf<F extends ViewFields> = { readonly [K in keyof F]: F[K] extends ViewField<infer T> ? T : never };

const LONGEST_SHOWN = 80;

/** Reads a view from an address. Never throws. */
export function readView<F extends ViewFields>(
  fields: F,
  search: { get(name: string): string | null },
): { view: ViewOf<F>; bad: BadField[] } {
  const bad: BadField[] = [];
  const entries = Object.entries(fields).map(([name, { read, fallback }]) => {
    const text = search.get(name);
    if (text === null) return [name, fallback];
    try {
      return [name, read(text)];
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const came = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
      bad.push({ name, came, expected: error.message });
      return [name, fallback];
    }
  });
  return { view: Object.fromEntries(entries) as ViewOf<F>, bad };
}

/** The parameters of an address after some changes. Values equal to the default are left out, other parameters are kept. */
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

/**
 * Returns the value if it is valid.
 * @throws Unreadable
 */
export function checked<T>(value: T, isRight: boolean, expected: string): T {
  if (!isRight) throw new Unreadable(expected);
  return value;
}

/** A free text. */
export const textField = (fallback = '', longest = 10_000): ViewField<string> => ({
  fallback,
  read: (text) => checked(text, text.length <= longest, `at most ${longest} characters`),
  write: (value) => value,
});

/** One of several words. */
export const choiceField = <const T extends string>(choices: readonly T[], fallback: T): ViewField<T> => ({
  fallback,
  read: (text) => {
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw new Unreadable(`one of ${choices.join(', ')}`);
    return found;
  },
  write: (value) => value,
});

/** `1` or absent. */
export const flagField = (fallback = false): ViewField<boolean> => ({
  fallback,
  read: (text) => checked(text === '1', text === '0' || text === '1', '0 or 1'),
  write: (value) => (value ? '1' : '0'),
});

/** A number within two ends. */
export const numberField = (fallback: number, least: number, most: number): ViewField<number> => ({
  fallback,
  read: (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return checked(value, value >= least && value <= most, `a number from ${least} to ${most}`);
  },
  write: String,
});

/** A list of texts, separated by commas. A comma or tilde within one is written as `~c` or `~t`. */
export const listField = (fallback: readonly string[] = [], most = 1000): ViewField<readonly string[]> => ({
  fallback,
  read: (text) => {
    const items = text === '' ? [] : text.split(',').map((part) => part.replace(/~c/g, ',').replace(/~t/g, '~'));
    return checked(items, items.length <= most, `at most ${most} items`);
  },
  write: (items) => items.map((item) => item.replace(/~/g, '~t').replace(/,/g, '~c')).join(','),
});
