import { TRPCError } from '@trpc/server';
import type { SuperJSONResult } from 'superjson';
import { anyKeys } from '#src/contract/any-keys.ts';

// Incoming text may be hostile. It is checked before anything is made of it: an integer of a hundred thousand digits, or
// lists nested ten thousand deep, would take seconds or overflow the stack.

/** Deeper than anything that a page sends. */
const MOST_LEVELS = 24;
/** The types that pages send besides plain JSON. */
const KNOWN_KINDS: ReadonlySet<unknown> = new Set(['undefined', 'number', 'Date']);

const refuse = (message: string) => new TRPCError({ code: 'BAD_REQUEST', message });

/**
 * The values within a value that are neither lists nor objects.
 * @throws TRPCError where they are nested too deep
 */
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

/**
 * The value of incoming text.
 * @throws TRPCError `BAD_REQUEST`
 */
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

/** The same format as pages use, with checks on incoming text. */
export const carefulJson = {
  input: { serialize: anyKeys.serialize, deserialize },
  output: anyKeys,
};
