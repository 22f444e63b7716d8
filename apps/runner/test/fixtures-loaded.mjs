// node --import=fixtures-loaded.mjs: writes the address of every module that the process loads to the file $LOADED.

import { writeFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';

// Modules that are imported pass the hook, those that are required are in the cache.
const imported = [];
const { port1, port2 } = new MessageChannel();
port1.on('message', (url) => imported.push(url)).unref();
const hook = `
  let port;
  export const initialize = (data) => { port = data; };
  export const load = (url, context, next) => { port.postMessage(url); return next(url, context); };`;
register(`data:text/javascript,${encodeURIComponent(hook)}`, { data: port2, transferList: [port2] });

process.on('exit', () => {
  const { cache } = createRequire(import.meta.url);
  const required = Object.keys(cache).map((file) => pathToFileURL(file).href);
  writeFileSync(process.env.LOADED, [...imported, ...required].join('\n'));
});
