// The part of tfjs-node's addon that compiled steps use: ops and tensors by TensorFlow's own names and ids.

export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

export interface TensorMetadata {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
}

export interface Binding {
  createTensor(shape: readonly number[], dtype: number, values: ArrayBufferView): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  executeOp(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorMetadata[];
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(id: number, inputs: readonly number[], inputNames: string, outputNames: string): TensorMetadata[];
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

/** The part of tfjs-node's backend that a compiled step needs. */
export interface NativeBackend {
  binding: Binding;
  readonly tensorMap: { get(dataId: object): { id: number; values: unknown; shape: number[]; dtype: number } };
  getInputTensorIds(tensors: readonly { dataId: object }[]): number[];
}

const NEEDED = [
  'createTensor',
  'deleteTensor',
  'tensorDataSync',
  'executeOp',
  'loadSavedModel',
  'deleteSavedModel',
  'runSavedModel',
] as const satisfies readonly (keyof Binding)[];

/** The functions that a compiled step needs and this addon lacks. */
export function missingFunctions(backend: NativeBackend): string[] {
  const missing: string[] = NEEDED.filter((name) => typeof backend.binding[name] !== 'function');
  if (typeof backend.getInputTensorIds !== 'function') missing.push('getInputTensorIds');
  return missing;
}
