export { type MlflowPart, mlflowReader, mlflowRunId } from './mlflow/mlflow-folder.ts';
export { mlflowTag } from './mlflow/mlflow-tags.ts';
export { NEPTUNE_PARQUET } from './parquet/neptune.ts';
export type {
  HistogramBody,
  MediaNews,
  RunNews,
  SourceNews,
} from './reading/events.ts';
export type { Damage, FilePosition, FileReading, FormatReader } from './reading/reader.ts';
export { type AnyReader, FILE_READERS, HEAD_BYTES, recogniseFile } from './recognise.ts';
export { SWANLAB } from './swanlab/swanlab.ts';
export { METRICS_CSV } from './tables/csv.ts';
export { METRICS_JSON_LINES } from './tables/json-lines.ts';
export { previewCsv, previewJsonTable, previewParquet, type TablePreview } from './tables/table-preview.ts';
export { TENSORBOARD } from './tensorboard/tensorboard.ts';
export { WANDB } from './wandb/wandb.ts';
