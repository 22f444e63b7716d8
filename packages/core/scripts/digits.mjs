// Writes the digits of the package `mnist` as bytes, an eighth of what they take as text: a page that trains on them fetches
// that. First ten counts, one a digit, as 32-bit integers, then the pixels of each digit's pictures, 0 to 255.

import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const PIXELS = 28 * 28;
const require = createRequire(import.meta.url);
const folder = fileURLToPath(new URL('../src/generated/', import.meta.url));

const digits = Array.from({ length: 10 }, (_, digit) => require(`mnist/src/digits/${digit}.json`).data);
const counts = Uint32Array.from(digits, ({ length }) => length / PIXELS);
mkdirSync(folder, { recursive: true });
writeFileSync(
  `${folder}digits.bin`,
  Buffer.concat([
    Buffer.from(counts.buffer),
    ...digits.map((values) => Buffer.from(values.map((x) => Math.round(255 * x)))),
  ]),
);
