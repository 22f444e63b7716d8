// The part that is used here: TypeScript declares WebAssembly only together with a page's window, without which core is
// compiled.
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
