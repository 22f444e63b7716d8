import type { PbfReader } from 'pbf';

/** A `sint64`. Beyond 2^52 pbf's own reader loses digits that a double still holds. */
export function readZigzag(pbf: PbfReader): number {
  const start = pbf.pos;
  const short = pbf.readVarint();
  if (short <= Number.MAX_SAFE_INTEGER) return short % 2 === 1 ? -(short + 1) / 2 : short / 2;
  let bits = 0n;
  for (let at = pbf.pos - 1; at >= start; at--) bits = (bits << 7n) | BigInt((pbf.buf[at] as number) & 127);
  return Number((bits >> 1n) ^ -(bits & 1n));
}
