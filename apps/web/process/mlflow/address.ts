/** Whether a path is one of the protocol's. */
export const isMlflow = (path: string): boolean =>
  path === '/health' || path === '/version' || /^\/(?:ajax-)?api\/[23]\.0\/mlflow(?:-artifacts)?(?:\/|$)/.test(path);
