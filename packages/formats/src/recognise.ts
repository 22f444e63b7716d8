import { NEPTUNE_PARQUET } from './parquet/neptune.ts';
import type { FilePosition, FormatReader, WholeFileReader } from './reading/reader.ts';
import { SWANLAB } from './swanlab/swanlab.ts';
import { METRICS_CSV } from './tables/csv.ts';
import { METRICS_JSON_LINES } from './tables/json-lines.ts';
import { TENSORBOARD } from './tensorboard/tensorboard.ts';
import { WANDB } from './wandb/wandb.ts';

/** A reader of any format; it gets back the positions that it gave, which were kept as JSON. */
export type AnyReader = (FormatReader<FilePosition> & { readonly needsWhole?: undefined }) | WholeFileReader;

/** Every format; those with a signature come first. */
export const FILE_READERS = [
  TENSORBOARD,
  WANDB,
  SWANLAB,
  NEPTUNE_PARQUET,
  METRICS_JSON_LINES,
  METRICS_CSV,
] as readonly AnyReader[];

/** How many first bytes decide the format of a file, if it has as many. */
export const HEAD_BYTES = 65_536;

/**
 * The reader of a file, by its first {@link HEAD_BYTES}; undefined where there is none, or where too little is written
 * yet.
 */
export const recogniseFile = (head: Uint8Array, isWhole: boolean): AnyReader | undefined =>
  FILE_READERS.find((reader) => reader.recognises(head, isWhole));
