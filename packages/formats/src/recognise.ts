import { NEPTUNE_PARQUET } from './parquet/neptune.ts';
import type { FilePosition, FormatReader, WholeFileReader } from './reading/reader.ts';
import { SWANLAB } from './swanlab/swanlab.ts';
import { METRICS_CSV } from './tables/csv.ts';
import { METRICS_JSON_LINES } from './tables/json-lines.ts';
import { TENSORBOARD } from './tensorboard/tensorboard.ts';
import { WANDB } from './wandb/wandb.ts';

/** A reader of any format: a position that it gave, kept as JSON, is of its own kind again. */
export type AnyReader = (FormatReader<FilePosition> & { readonly needsWhole?: undefined }) | WholeFileReader;

/** Every format, those first that have a mark of their own. */
export const FILE_READERS = [
  TENSORBOARD,
  WANDB,
  SWANLAB,
  NEPTUNE_PARQUET,
  METRICS_JSON_LINES,
  METRICS_CSV,
] as readonly AnyReader[];

/** So many bytes tell what a file is, where it has as many. */
export const HEAD_BYTES = 65_536;

/** Who reads a file, by its first {@link HEAD_BYTES}; undefined where nobody does, or too little of it was written yet. */
export const recogniseFile = (head: Uint8Array, isWhole: boolean): AnyReader | undefined =>
  FILE_READERS.find((reader) => reader.recognises(head, isWhole));
