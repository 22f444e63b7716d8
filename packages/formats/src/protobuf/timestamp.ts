import type { PbfReader } from 'pbf';

/** Protocol Buffers' own `Timestamp`, in ms since 1970. */
export function readTimestamp(pbf: PbfReader): number {
  const parts = { seconds: 0, nanos: 0 };
  pbf.readMessage(timestampField, parts);
  return parts.seconds * 1000 + parts.nanos / 1e6;
}

function timestampField(field: number, parts: { seconds: number; nanos: number }, pbf: PbfReader): void {
  if (field === 1) parts.seconds = pbf.readVarint(true);
  else if (field === 2) parts.nanos = pbf.readVarint(true);
}
