import type { DataSet } from '../data/data-set.ts';
import { DATA } from './artifacts.ts';

/** The training points as a file of their run. */
export function dataPoints({ x, labels, count, features, classes }: DataSet) {
  const data = new Uint8Array(x.byteLength + labels.length);
  data.set(new Uint8Array(x.buffer, x.byteOffset, x.byteLength));
  data.set(Uint8Array.from(labels), x.byteLength);
  return { name: DATA.name, mediaType: DATA.mediaType, data, meta: { count, features, classes } };
}
