import { TRPCError } from '@trpc/server';
import type { SuperJSONResult } from 'superjson';
import { anyKeys } from '#src/contract/any-keys.ts';

// What arrives is text of a stranger. It is looked at before anything is made of it: reading a whole number of a hundred
// thousand digits or a list in a list, ten thousand deep, takes seconds or the stack.

/** Deeper than anything that a page asks. */
const MOST_LEVELS = 24;
/** What pages send besides plain JSON. */
const KNOWN_KINDS: ReadonlySet<unknown> = new Set(['undefined', 'number', 'Date']);

const refuse = (message: string) => new TRPCError({ code: 'BAD_REQUEST', message });

/** Every value inside of a value that is no list or object. @throws TRPCError where they lie too deep */
function* leavesOf(value: unknown): Generator<unknown> {
  const waiting: { readonly value: unknown; readonly level: number }[] = [{ value, level: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, level } = next;
    if (typeof value !== 'object' || value === null) {
      yield value;
      continue;
    }
    if (level === MOST_LEVELS) throw refuse(`expected at most ${MOST_LEVELS} levels of lists and objects`);
    for (const child of Object.values(value)) waiting.push({ value: child, level: level + 1 });
  }
}

/** The value that arrived text stands for. @throws TRPCError `BAD_REQUEST` */
function deserialize(arrived: unknown): unknown {
  if (typeof arrived !== 'object' || arrived === null) return arrived;
  const { json, meta } = arrived as SuperJSONResult;
  for (const _ of leavesOf(json));
  for (const kind of leavesOf(meta?.values)) {
    if (typeof kind === 'string' && !KNOWN_KINDS.has(kind))
      throw refuse(`a value of the kind "${kind}" is not expected`);
  }
  return anyKeys.deserialize(arrived as SuperJSONResult);
}

/** As pages send and read it, with what arrives looked at first. */
export const carefulJson = {
  input: { serialize: anyKeys.serialize, deserialize },
  output: anyKeys,
};
