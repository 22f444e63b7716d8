/**
 * Who recorded a run: Whorl's own runner, a page in which a reader's browser trained it, or another program by MLflow's protocol,
 * by our client or from a file.
 */
export const RUN_SOURCES = ['whorl', 'browser', 'mlflow', 'client', 'import'] as const;
export type RunSource = (typeof RUN_SOURCES)[number];

/** Those of the runs that Whorl trained, which have a study, a seed, an engine and a config. */
export const OWN_SOURCES = ['whorl', 'browser'] as const satisfies readonly RunSource[];

/** Whether Whorl trained it, wherever. */
export const isOwnSource = (source: string): boolean => (OWN_SOURCES as readonly string[]).includes(source);
