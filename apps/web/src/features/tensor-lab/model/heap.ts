/** Buffers that wait to be given out again: a loop gives back more than anything takes. */
const MOST = 16;

/** Memory of tensors that nothing stands for any more: what `torch.empty` finds, as the allocator of PyTorch gives it out again. */
export class Heap {
  readonly #free: ArrayBuffer[] = [];

  give(buffer: ArrayBuffer): void {
    this.#free.push(buffer);
    if (this.#free.length > MOST) this.#free.shift();
  }

  /** At least so many bytes, whatever they hold: those that were given last, else fresh ones. */
  take(bytes: number): ArrayBuffer {
    const at = this.#free.findLastIndex((buffer) => buffer.byteLength >= bytes);
    return at < 0 ? new ArrayBuffer(bytes) : (this.#free.splice(at, 1)[0] as ArrayBuffer);
  }
}
