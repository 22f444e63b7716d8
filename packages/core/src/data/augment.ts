import type { Rng } from '../random/rng.ts';
import type { DataSet } from './data-set.ts';

const MOST_PIXELS = 2;

/**
 * The pictures of a data set, each shifted by -2 to 2 pixels in both directions; vacated pixels are 0.
 * @param rows which pictures, in which order; null for all
 * @returns [rows, height, width, channels] values
 */
export function shiftedPictures(data: DataSet, rows: Int32Array | null, rng: Rng): Float32Array {
  const [height = 0, width = 0, channels = 1] = data.shape;
  const count = rows?.length ?? data.count;
  const shifted = new Float32Array(count * data.features);
  const draw = () => Math.floor(rng.uniform(-MOST_PIXELS, MOST_PIXELS + 1));
  for (let i = 0; i < count; i++) {
    const from = (rows?.[i] ?? i) * data.features;
    const [down, right] = [draw(), draw()];
    const length = (width - Math.abs(right)) * channels;
    for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
      const source = from + ((y - down) * width + Math.max(0, -right)) * channels;
      const target = i * data.features + (y * width + Math.max(0, right)) * channels;
      shifted.set(data.x.subarray(source, source + length), target);
    }
  }
  return shifted;
}
