export { type FitCallback, whorlCallback } from './callback.ts';
export type { ConfigValue, LoggedConfig } from './params.ts';
export type { ClientRun, FileOptions } from './run.ts';
export type { InitOptions } from './start-run.ts';
