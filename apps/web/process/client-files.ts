export const CLIENT_SCRIPT = '/client.js';
export const CLIENT_PACKAGE = '/client.tgz';
const MODULE = /^\/client\/[a-z-]+\.js$/;

/** Whether a path is one of the client's files, which anyone may read who may reach the server. */
export const isClientFile = (path: string): boolean =>
  path === CLIENT_SCRIPT || path === CLIENT_PACKAGE || MODULE.test(path);
