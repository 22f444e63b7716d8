/** Memory as it is found: of arbitrary values, which differ from call to call. A browser clears all that it gives. */
export function foundMemory(bytes: number): ArrayBuffer {
  // Slow: of a memory of its own, which nobody cleared. The small ones of allocUnsafe are parts of a pool.
  return Buffer.allocUnsafeSlow(bytes).buffer as ArrayBuffer;
}
