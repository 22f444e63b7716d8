/** The version of MLflow's protocol that is spoken. */
const MLFLOW_VERSION = '3.17.2';

/** What is asked of the server itself, by its whole path; a text or a JSON object is the answer. */
export const SERVER_ROUTES: readonly {
  readonly path: string;
  readonly who: 'owner';
  readonly answer: string | object;
}[] = [
  { path: '/health', who: 'owner', answer: 'OK' },
  { path: '/version', who: 'owner', answer: MLFLOW_VERSION },
  ...['/api/3.0/mlflow/server-info', '/ajax-api/3.0/mlflow/server-info'].map((path) => ({
    path,
    who: 'owner' as const,
    answer: {
      store_type: 'Whorl',
      workspaces_enabled: false,
      trace_archival_enabled: false,
      multipart_uploads_enabled: true,
      multipart_downloads_enabled: false,
    },
  })),
];
