/** Who recorded a run: Whorl's own runner, or another program by MLflow's protocol, by our client or from a file. */
export const RUN_SOURCES = ['whorl', 'mlflow', 'client', 'import'] as const;
export type RunSource = (typeof RUN_SOURCES)[number];
