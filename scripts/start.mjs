// npm start: set-up, then the web app and the course's comparison on the spiral; --once stops after the table.

import { setUp } from './setup.mjs';

// npm runs this below a shell. Who stops npm by a signal ends the shell and not us: being orphaned means stop.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 500).unref();

await setUp();
const { main } = await import('../apps/runner/dist/main.js');
await main(['start', ...process.argv.slice(2)]);
