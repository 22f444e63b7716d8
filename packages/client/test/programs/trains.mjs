// A program that trains for a while, and says when it is in the middle and where its run is.
import * as whorl from '../../dist/node/entry.js';

const [experiment, points] = [process.argv[2], Number(process.argv[3])];
const run = await whorl.init({
  experiment,
  config: { seed: 7, optimizer: { name: 'adam', lr: 0.001 }, note: '学习率' },
  tags: { stage: 'first' },
  name: 'a run of mine',
});
console.log(run.id);
for (let i = 0; i < points; i++) {
  run.log(
    { loss: i % 10 === 0 ? Number.NaN : 1 / (i + 1), 'val/accuracy': i === 1 ? Number.POSITIVE_INFINITY : i / points },
    { step: i / 2 },
  );
  if (i === 100) run.tag({ stage: 'second' });
  if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  if (i === points >> 1) console.log('middle');
}
run.log({ loss: /** @type {any} */ ('three') }, { step: 1 });
run.logText('notes', '# Notes', { markdown: true });
run.logImage('samples/first', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3), { step: 3 });
run.logFile('weights.bin', new Uint8Array(100_000).fill(5));
await run.finish('finished', { waitMs: Number(process.argv[4] ?? 60_000) });
console.log('ended');
