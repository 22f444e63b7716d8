import type { Binding, OpAttribute } from './binding.ts';
import type { Traced, TracedOp } from './trace.ts';

// As TensorFlow loads a graph, it replaces its own max pooling by oneDNN's, op by op, and a gradient only where its
// pooling was replaced before. In a loop no op comes first: which one does depends on where in memory the graph happens
// to lie. A gradient that was not replaced adds up overlapping windows in another order, so that some processes trained
// the same config to different last bits. Here the graph itself asks for oneDNN's ops.

const POOLING = '_MklNativeMaxPool';
const GRADIENT = '_MklNativeMaxPoolGrad';
const DT_UINT8 = 4;

/** The attributes of an op with those that TensorFlow adds for oneDNN. */
const oneDnn = (binding: Binding, attributes: readonly OpAttribute[]): OpAttribute[] => [
  ...attributes,
  { name: 'workspace_enabled', type: binding.TF_ATTR_BOOL, value: true },
  { name: '_kernel', type: binding.TF_ATTR_STRING, value: 'MklNameChangeOp' },
];

/** Whether this TensorFlow has oneDNN's max pooling. A TensorFlow without it replaces nothing either. */
function hasOneDnnPooling(binding: Binding): boolean {
  const made: number[] = [];
  const run = (name: string, inputs: readonly number[], outputs: number): number[] => {
    const attributes = oneDnn(binding, [
      { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
      { name: 'ksize', type: binding.TF_ATTR_INT, value: [1, 2, 2, 1] },
      { name: 'strides', type: binding.TF_ATTR_INT, value: [1, 2, 2, 1] },
      { name: 'padding', type: binding.TF_ATTR_STRING, value: 'VALID' },
    ]);
    const ids = binding.executeOp(name, attributes, inputs, outputs).map(({ id }) => id);
    made.push(...ids);
    return ids;
  };
  try {
    const x = binding.createTensor([1, 2, 2, 1], binding.TF_FLOAT, Float32Array.of(1, 2, 3, 4));
    made.push(x);
    const [pooled = 0, workspace = 0] = run(POOLING, [x], 2);
    run(GRADIENT, [x, pooled, pooled, workspace], 1);
    return true;
  } catch {
    return false;
  } finally {
    for (const id of made) binding.deleteTensor(id);
  }
}

/**
 * The records with oneDNN's ops in place of each max pooling that has a gradient, and in place of the gradient, where
 * TensorFlow has them. The positions of the maxima pass from one to the other in a workspace, a second output.
 */
export function withOneDnnPooling(binding: Binding, records: readonly Traced[]): readonly Traced[] {
  const ofName = (name: string) => records.flatMap((record) => (isOp(record, name) ? [record] : []));
  const pooled = new Set(ofName('MaxPool').map(({ outputs }) => outputs[0]?.id));
  const used = ofName('MaxPoolGrad').map(({ inputs }) => inputs[1] as number);
  const workspaces = new Map(used.filter((id) => pooled.has(id)).map((id, i) => [id, -1 - i])); // no tensor has such an id
  if (workspaces.size === 0 || !hasOneDnnPooling(binding)) return records;
  return records.map((record) => {
    if (isOp(record, 'MaxPool')) {
      const id = workspaces.get(record.outputs[0]?.id as number);
      if (id === undefined) return record;
      const outputs = [...record.outputs, { id, shape: [], dtype: DT_UINT8 }];
      return { ...record, name: POOLING, attributes: oneDnn(binding, record.attributes), outputs };
    }
    if (isOp(record, 'MaxPoolGrad')) {
      const id = workspaces.get(record.inputs[1] as number);
      if (id === undefined) return record;
      const inputs = [...record.inputs, id];
      return { ...record, name: GRADIENT, attributes: oneDnn(binding, record.attributes), inputs };
    }
    return record;
  });
}

const isOp = <N extends string>(record: Traced, name: N): record is TracedOp & { readonly name: N } =>
  record.kind === 'op' && record.name === name;
