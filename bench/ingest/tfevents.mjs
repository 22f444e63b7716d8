import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '@whorl/store';

const whorl = fileURLToPath(new URL('../../apps/runner/bin/whorl.js', import.meta.url));
const TAGS = Array.from({ length: 10 }, (_, i) => `train/metric${i}`);

/**
 * How many seconds `whorl import` takes for a TensorBoard event file with so many scalars.
 * @param {string} folder @param {number} points @throws Error where the record then lacks some of them
 */
export async function importTfEvents(folder, points) {
  const files = path.join(folder, 'tfevents');
  mkdirSync(files);
  writeFileSync(path.join(files, 'events.out.tfevents.1790000000.bench'), eventFile(points));
  const start = performance.now();
  const home = path.join(folder, 'imported');
  const env = { ...process.env, WHORL_HOME: home };
  execFileSync(process.execPath, [whorl, 'import', files], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const seconds = (performance.now() - start) / 1000;
  const found = await pointsIn(home);
  if (found !== points) throw new Error(`${found} points of ${points} were imported`);
  return seconds;
}

/** How many points the only run of a record has. @param {string} home */
async function pointsIn(home) {
  const store = await openStore({ home, readOnly: true });
  try {
    const [experiment] = (await store.experiments.list()).items;
    const { items } = await store.runs.list(experiment?.id ?? '');
    const [run] = store.logged.read(items.map(({ id }) => id));
    return run?.series.reduce((sum, { count }) => sum + count, 0) ?? 0;
  } finally {
    await store.close();
  }
}

/**
 * Records as TensorBoard's writer makes them: a length and its checksum, then an Event in protocol buffers and its
 * checksum.
 * @param {number} points
 */
function eventFile(points) {
  const records = [recordOf(Buffer.from('\x1a\x0dbrain.Event:2', 'latin1'))];
  for (let i = 0; i < points; i++) {
    const tag = Buffer.from(/** @type {string} */ (TAGS[i % TAGS.length]));
    const step = Math.floor(i / TAGS.length);
    const value = Buffer.concat([Buffer.of(0x0a, tag.length), tag, Buffer.of(0x15), Buffer.alloc(4)]);
    value.writeFloatLE(Math.exp(-step / 1000) + (i % TAGS.length), value.length - 4);
    const head = Buffer.alloc(9, 0x09);
    head.writeDoubleLE(1.79e9 + step / 100, 1);
    const summary = Buffer.of(0x2a, value.length + 2, 0x0a, value.length);
    records.push(recordOf(Buffer.concat([head, Buffer.of(0x10, ...varint(step)), summary, value])));
  }
  return Buffer.concat(records);
}

/** @param {number} value @returns {number[]} */
const varint = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);

/** @param {Buffer} event */
function recordOf(event) {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(event.length, 0);
  head.writeUInt32LE(masked(head.subarray(0, 8)), 8);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(masked(event));
  return Buffer.concat([head, event, tail]);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** Castagnoli's CRC, masked as in TFRecord. @param {Buffer} bytes */
function masked(bytes) {
  let crc = -1;
  for (const byte of bytes) crc = (crc >>> 8) ^ /** @type {number} */ (TABLE[(crc ^ byte) & 255]);
  crc = ~crc >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
