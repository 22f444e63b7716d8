export const RUN_STATUSES = ['running', 'finished', 'failed', 'interrupted', 'crashed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];
/** The statuses in which a run can end. */
export type EndStatus = Exclude<RunStatus, 'running'>;

/** The statuses of a run that may still change. */
export const LIVE_STATUSES: readonly RunStatus[] = ['running'];
