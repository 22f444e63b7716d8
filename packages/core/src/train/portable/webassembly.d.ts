// What is used of it here: TypeScript declares it with a page's window alone, which core does without.
declare namespace WebAssembly {
  class Module {
    private readonly module: true;
  }
  class Memory {
    constructor(descriptor: { initial: number });
    readonly buffer: ArrayBuffer;
  }
  interface Global {
    readonly value: unknown;
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  function compile(bytes: BufferSource): Promise<Module>;
  function instantiate(module: Module, imports: { env: { memory: Memory } }): Promise<Instance>;
}
type BufferSource = ArrayBufferView | ArrayBuffer;
