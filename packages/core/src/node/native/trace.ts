import type { Binding, NativeBackend, OpAttribute, TensorMetadata } from './binding.ts';

/** A tensor made from JavaScript values while the step ran: it is frozen into the graph. */
export interface TracedConstant {
  readonly kind: 'constant';
  readonly output: number;
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly values: Uint8Array;
}

/** An op that TensorFlow ran. */
export interface TracedOp {
  readonly kind: 'op';
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly number[];
  readonly outputs: readonly TensorMetadata[];
}

export type Traced = TracedConstant | TracedOp;

/**
 * Records what `work` asks of TensorFlow while it really runs. The addon's own properties are read-only (assigning to
 * them silently does nothing), so a wrapper takes the addon's place meanwhile.
 */
export function trace<T>(backend: NativeBackend, work: () => T): { result: T; records: Traced[]; readBack: boolean } {
  const own = backend.binding;
  const records: Traced[] = [];
  let readBack = false;
  const recording: Partial<Binding> = {
    createTensor: (shape, dtype, values) => {
      const output = own.createTensor(shape, dtype, values);
      const bytes = new Uint8Array(
        values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength) as ArrayBuffer,
      );
      records.push({ kind: 'constant', output, shape: [...shape], dtype, values: bytes });
      return output;
    },
    executeOp: (name, attributes, inputs, count) => {
      const outputs = own.executeOp(name, attributes, inputs, count);
      records.push({
        kind: 'op',
        name,
        attributes: attributes.map((item) => ({ ...item })),
        inputs: [...inputs],
        outputs,
      });
      return outputs;
    },
    tensorDataSync: (id) => {
      readBack = true; // a value that JavaScript reads may decide what it does next
      return own.tensorDataSync(id);
    },
  };
  backend.binding = { ...copyOf(own), ...recording };
  try {
    return { result: work(), records, readBack };
  } finally {
    backend.binding = own;
  }
}

/** The addon's functions and constants as an ordinary, writable object. */
function copyOf(own: Binding): Binding {
  const names = Object.getOwnPropertyNames(own) as (keyof Binding)[];
  return Object.fromEntries(
    names.map((name) => {
      const value = own[name] as unknown;
      return [name, typeof value === 'function' ? value.bind(own) : value];
    }),
  ) as unknown as Binding;
}

/**
 * Why two traces of the same step give different graphs; null where they do not. A constant that differs was computed
 * in JavaScript from something that changes, and must not be frozen.
 */
export function difference(a: readonly Traced[], b: readonly Traced[]): string | null {
  if (a.length !== b.length) return `it ran ${a.length} operations once and ${b.length} the next time`;
  // Ids are never reused, so they are compared by the place where the tensor was made.
  const [ordersA, ordersB] = [orders(a), orders(b)];
  for (const [i, first] of a.entries()) {
    const second = b[i] as Traced;
    if (first.kind === 'constant' && second.kind === 'constant') {
      if (
        first.dtype !== second.dtype ||
        first.shape.join() !== second.shape.join() ||
        !sameBytes(first.values, second.values)
      ) {
        return 'it uses a value computed in JavaScript that changes from step to step';
      }
    } else if (first.kind === 'op' && second.kind === 'op') {
      const wiring = (op: TracedOp, order: Map<number, string>) =>
        op.inputs.map((id) => order.get(id) ?? 'input').join();
      if (first.name !== second.name || wiring(first, ordersA) !== wiring(second, ordersB))
        return `it ran ${first.name} once and ${second.name} the next time`;
      if (JSON.stringify(first.attributes) !== JSON.stringify(second.attributes))
        return `the attributes of ${first.name} change from step to step`;
    } else return 'its operations change from step to step';
  }
  return null;
}

function orders(records: readonly Traced[]): Map<number, string> {
  const order = new Map<number, string>();
  for (const [i, record] of records.entries()) {
    if (record.kind === 'constant') order.set(record.output, `${i}`);
    else for (const [o, { id }] of record.outputs.entries()) order.set(id, `${i}:${o}`);
  }
  return order;
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
