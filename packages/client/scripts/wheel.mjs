// Packs the client for Python into dist/whorl-<version>-py3-none-any.whl, which the web app serves for `pip install`: a zip
// of its modules and of what pip wants to know. The same modules give the same bytes.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';

const read = (/** @type {string} */ path) => readFileSync(new URL(path, import.meta.url));
const { version } = JSON.parse(read('../package.json').toString());
const about = `whorl-${version}.dist-info`;

/** @type {[name: string, data: Buffer][]} */
const files = readdirSync(new URL('../python/whorl', import.meta.url))
  .filter((name) => name.endsWith('.py'))
  .sort()
  .map((name) => [`whorl/${name}`, read(`../python/whorl/${name}`)]);
files.push([
  `${about}/METADATA`,
  textOf(
    'Metadata-Version: 2.1',
    'Name: whorl',
    `Version: ${version}`,
    'Summary: Logs the runs of any Python program to Whorl',
    'License: MIT',
    'Requires-Python: >=3.9',
  ),
]);
files.push([
  `${about}/WHEEL`,
  textOf('Wheel-Version: 1.0', 'Generator: whorl', 'Root-Is-Purelib: true', 'Tag: py3-none-any'),
]);
const sums = files.map(([name, data]) => {
  const sum = createHash('sha256').update(data).digest('base64url');
  return `${name},sha256=${sum},${data.length}`;
});
files.push([`${about}/RECORD`, textOf(...sums, `${about}/RECORD,,`)]);
writeFileSync(new URL(`../dist/whorl-${version}-py3-none-any.whl`, import.meta.url), zipOf(files));

/** @param {string[]} lines */
function textOf(...lines) {
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** @param {readonly (readonly [name: string, data: Buffer])[]} entries with names in ASCII */
function zipOf(entries) {
  const bodies = [];
  const directory = [];
  let at = 0;
  for (const [name, data] of entries) {
    const packed = deflateRawSync(data);
    // Version 2.0, no flags, deflated, 1980-01-01 00:00: what the zip format has as its first day.
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt16LE(0x21, 8);
    facts.writeUInt32LE(crc32(data), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(data.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x03'), facts, place, Buffer.from(name));
    bodies.push(body);
    at += body.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, index, end]);
}
