// A program that logs one metric whose name no server takes, beside one that is well named.
import * as whorl from '../../dist/node/entry.js';

const run = await whorl.init({ experiment: 'refused' });
for (let i = 0; i < 3; i++) {
  run.log({ loss: i, ['x'.repeat(501)]: i });
  run.flush();
}
await run.finish();
console.log(run.id);
