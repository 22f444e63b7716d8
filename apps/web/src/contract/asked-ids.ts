import { isId } from './is-id.ts';

/** The ids of experiments and runs in the address of a page: `/runs/ID`, `/compare?runs=ID,ID`. */
export function askedIds(address: string): string[] {
  const { pathname, searchParams } = new URL(address, 'http://whorl.invalid');
  const [, id] = /^\/(?:experiments|runs)\/([^/]+)\/?$/.exec(pathname) ?? [];
  const named = /^\/compare\/?$/.test(pathname)
    ? [...searchParams.getAll('experiment'), ...searchParams.getAll('runs')].flatMap((text) => text.split(','))
    : [];
  return [...new Set([...(id === undefined ? [] : [id]), ...named].map((text) => text.trim()).filter(isId))];
}
