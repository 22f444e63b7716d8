/**
 * Uninitialised memory: its values are arbitrary and differ from call to call. (Browsers clear all memory that they
 * give.)
 */
export function foundMemory(bytes: number): ArrayBuffer {
  // allocUnsafeSlow gives memory of its own, uncleared; allocUnsafe would give a part of a pool.
  return Buffer.allocUnsafeSlow(bytes).buffer as ArrayBuffer;
}
