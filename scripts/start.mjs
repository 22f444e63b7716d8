// npm start: set-up, then the web app and the course's comparison on the spiral; --once stops after the table.

import { endWithNpm } from '../apps/runner/bin/end-with-npm.js';
import { setUp } from './setup.mjs';

endWithNpm();
await setUp();
const { main } = await import('../apps/runner/dist/main.js');
await main(['start', ...process.argv.slice(2)]);
