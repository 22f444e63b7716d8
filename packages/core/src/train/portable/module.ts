import { SHA256, WASM_BASE64 } from '../../generated/portable.ts';
import { EngineUnavailableError } from '../../text/errors.ts';
import { sha256Hex } from '../../text/sha256.ts';
import { UncompilableError } from '../step/compiled-step.ts';

/** To be raised with every change of assembly/, or of its lowering, that changes the bits of any training. */
const VERSION = 2;

/** What did the arithmetic, as a run records it. */
export const PORTABLE_VERSIONS = { portable: String(VERSION), 'portable wasm': SHA256.slice(0, 16) };

/** Where planned memory begins: the module itself needs what lies below. */
export const FIRST_FREE = 65_536;

const PAGE = 65_536;
const MOST_PAGES = 65_536;

export interface Kernels {
  /** Runs the program at an address `steps` times, one step each. */
  run(program: number, steps: number): void;
  /** The elementary function number `name`, of n floats at x to y: for tests of its error. */
  apply(name: number, x: number, y: number, n: number): void;
}

let compiled: Promise<WebAssembly.Module> | undefined;

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** @throws Error where a byte differs from the build: most damage does not compile, but some computes something else */
async function whole(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  // A page served over plain http from another machine has no digests.
  if (!globalThis.crypto?.subtle) return bytes;
  const hex = await sha256Hex(bytes);
  if (hex !== SHA256)
    throw new Error(`it is damaged: its SHA-256 is ${hex.slice(0, 16)}…, not ${SHA256.slice(0, 16)}…`);
  return bytes;
}

/**
 * Compiles the kernels, once.
 * @throws EngineUnavailableError where WebAssembly lacks SIMD, or the module is damaged
 */
export async function compileKernels(): Promise<WebAssembly.Module> {
  try {
    compiled ??= whole(bytesOf(WASM_BASE64)).then((bytes) => WebAssembly.compile(bytes));
    return await compiled;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineUnavailableError('portable', `its WebAssembly does not compile here (${reason})`);
  }
}

/**
 * The kernels with a memory of their own, all zeros, of `bytes` bytes for planned data.
 * @throws UncompilableError where there is not that much memory
 */
export async function instantiate(bytes: number): Promise<{ readonly kernels: Kernels; readonly memory: ArrayBuffer }> {
  const module = await compileKernels();
  const pages = Math.ceil(bytes / PAGE);
  const tooMuch = (more: string) =>
    new UncompilableError(`this training takes ${Math.ceil(bytes / 2 ** 20)} MiB of memory at once, ${more}`);
  if (pages > MOST_PAGES) throw tooMuch('more than the 4096 that WebAssembly has');
  let memory: WebAssembly.Memory;
  try {
    memory = new WebAssembly.Memory({ initial: pages });
  } catch {
    throw tooMuch('more than this machine gives WebAssembly');
  }
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const free = (exports.free as WebAssembly.Global).value as number;
  if (free > FIRST_FREE) throw new Error(`the kernels need ${free} bytes of their own, more than ${FIRST_FREE}`);
  return { kernels: exports as unknown as Kernels, memory: memory.buffer };
}
