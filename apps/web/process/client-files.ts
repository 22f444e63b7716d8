export const CLIENT_SCRIPT = '/client.js';
const CLIENT_PACKAGE = '/client.tgz';
const MODULE = /^\/client\/[a-z-]+\.js$/;
/** Of the client for Python; pip reads its version from the name. */
const WHEEL = /^\/whorl-[0-9.]+-py3-none-any\.whl$/;

/** Whether a path is a whole client, as `npm` or `pip` installs it. */
export const isClientPackage = (path: string): boolean => path === CLIENT_PACKAGE || WHEEL.test(path);

/** Whether a path is one of the client's files, which anyone may read who may reach the server. */
export const isClientFile = (path: string): boolean =>
  path === CLIENT_SCRIPT || isClientPackage(path) || MODULE.test(path);
