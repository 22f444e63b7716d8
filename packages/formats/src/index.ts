export type { HistogramBody, MediaNews, SourceNews } from './reading/events.ts';
export type { Damage, FilePosition, FileReading, FormatReader } from './reading/reader.ts';
export { TENSORBOARD } from './tensorboard/tensorboard.ts';
