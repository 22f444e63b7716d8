export const RUN_STATUSES = ['queued', 'running', 'finished', 'failed', 'interrupted', 'crashed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];
/** The statuses in which a run stays. */
export type EndStatus = Exclude<RunStatus, 'queued' | 'running'>;

export const LIVE_STATUSES: readonly RunStatus[] = ['queued', 'running'];
