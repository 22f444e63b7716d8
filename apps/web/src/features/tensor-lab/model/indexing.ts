import type { Operand } from './elementwise.ts';
import { written } from './elementwise.ts';
import { notHere, PythonError } from './python-error.ts';
import type { TorchTensor } from './tensor.ts';
import { Slice, typeName, type Value } from './values.ts';

/** A part of a tensor: another view of its memory. */
export function part(tensor: TorchTensor, places: readonly Value[]): TorchTensor {
  let { offset } = tensor;
  const [shape, strides]: [number[], number[]] = [[], []];
  let axis = 0;
  for (const place of places) {
    if (place === null) {
      shape.push(1);
      strides.push(0);
      continue;
    }
    if (axis >= tensor.rank)
      throw new PythonError('IndexError', `too many indices for tensor of dimension ${tensor.rank}`);
    const [side, stride] = [tensor.shape[axis] as number, tensor.strides[axis] as number];
    if (typeof place === 'bigint') offset += stride * indexIn(Number(place), side, axis);
    else if (place instanceof Slice) {
      const { from, count, step } = within(place, side);
      offset += from * stride;
      shape.push(count);
      strides.push(stride * step);
    } else throw notHere(`an index of ${typeName(place)}`);
    axis += 1;
  }
  return tensor.view([...shape, ...tensor.shape.slice(axis)], [...strides, ...tensor.strides.slice(axis)], offset);
}

function indexIn(at: number, side: number, axis: number): number {
  if (at < -side || at >= side)
    throw new PythonError('IndexError', `index ${at} is out of bounds for dimension ${axis} with size ${side}`);
  return at < 0 ? at + side : at;
}

function within({ from, to, step }: Slice, side: number) {
  if (step < 1n) throw new PythonError('ValueError', 'step must be greater than zero');
  const clamped = (at: bigint) => Math.min(side, Math.max(0, at < 0n ? Number(at) + side : Number(at)));
  const [start, end] = [from === null ? 0 : clamped(from), to === null ? side : clamped(to)];
  return { from: start, count: Math.max(0, Math.ceil((end - start) / Number(step))), step: Number(step) };
}

/** Writes into a part of a tensor: also into every other view of the same memory. */
export function writePart(tensor: TorchTensor, places: readonly Value[], value: Operand): void {
  written(part(tensor, places), value, 'copy');
}
