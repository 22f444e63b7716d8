import { idSchema } from '#src/contract/schemas.ts';
import type { Target } from '#src/contract/target.ts';

type Search = Readonly<Record<string, string | string[] | undefined>>;

const one = (value: string | string[] | undefined): string | undefined => [value ?? []].flat()[0];
const isId = (text: string): boolean => idSchema.safeParse(text).success;

/**
 * What the address compares: `?runs=a,b,c`, `?experiment=ID&q=...` or `?set=ID`; null where it says none of them. Run ids
 * that cannot be any are kept apart, to be named.
 */
export function targetOf(search: Search): { readonly target: Target | null; readonly bad: readonly string[] } {
  const experimentId = one(search.experiment);
  if (experimentId !== undefined) {
    const query = one(search.q);
    const archived = one(search.archived) === '1';
    const target = { experimentId, ...(query ? { query } : {}), ...(archived ? { archived } : {}) };
    return { target, bad: [] };
  }
  const runSet = one(search.set);
  if (runSet !== undefined) return { target: { runSet }, bad: [] };
  const parts = [search.runs ?? []].flat().flatMap((text) => text.split(','));
  const given = [...new Set(parts.map((text) => text.trim()))].filter((text) => text !== '');
  const runIds = given.filter(isId);
  return { target: runIds.length > 0 ? { runIds } : null, bad: given.filter((text) => !isId(text)) };
}
