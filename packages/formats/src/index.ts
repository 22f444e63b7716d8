export type { HistogramBody, MediaNews, RunNews, SourceNews } from './reading/events.ts';
export type { Damage, FilePosition, FileReading, FormatReader } from './reading/reader.ts';
export { SWANLAB } from './swanlab/swanlab.ts';
export { TENSORBOARD } from './tensorboard/tensorboard.ts';
export { WANDB } from './wandb/wandb.ts';
