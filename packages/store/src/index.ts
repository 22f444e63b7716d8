export type { ArtifactRecord, NewArtifact } from './artifacts.ts';
export type { Columns } from './chunk-codec.ts';
export { StoreError, type StoreErrorCode } from './errors.ts';
export type { ExperimentRecord, Page } from './experiments.ts';
export { type Batch, CHUNK_POINTS, type SeriesSummary } from './metrics.ts';
export { openStore, type Store, type StoreOptions } from './open.ts';
export { Recorder } from './recorder.ts';
export {
  type EndStatus,
  type Environment,
  LIVE_STATUSES,
  type NewRun,
  RUN_STATUSES,
  type RunRecord,
  type RunStatus,
} from './runs.ts';
export { pendingSql } from './schema-engine.ts';
export { DEFAULT_SHARE_DAYS, type ShareRecord, type ShareTarget } from './shares.ts';
