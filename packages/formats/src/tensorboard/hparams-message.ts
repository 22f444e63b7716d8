import { PbfReader } from 'pbf';

// The fields that are read from the hparams plugin's `HParamsPluginData`.

const STATUSES = ['unknown', 'finished', 'failed', 'running'] as const;

export interface HparamsMessage {
  readonly params: Record<string, string>;
  group: string | undefined;
  /** Seconds since 1970. */
  startedAt: number | undefined;
  status: (typeof STATUSES)[number] | undefined;
  endedAt: number | undefined;
}

/** @throws Error where it is not one */
export function readHparams(bytes: Uint8Array): HparamsMessage {
  const hparams: HparamsMessage = {
    params: {},
    group: undefined,
    startedAt: undefined,
    status: undefined,
    endedAt: undefined,
  };
  return new PbfReader(bytes).readFields(dataField, hparams);
}

function dataField(field: number, hparams: HparamsMessage, pbf: PbfReader): void {
  if (field === 3) pbf.readMessage(startField, hparams);
  else if (field === 4) pbf.readMessage(endField, hparams);
}

function startField(field: number, hparams: HparamsMessage, pbf: PbfReader): void {
  if (field === 1) {
    const { key, text } = pbf.readMessage(entryField, { key: '', text: undefined });
    if (text !== undefined) hparams.params[key] = text;
  } else if (field === 4) hparams.group = pbf.readString();
  else if (field === 5) hparams.startedAt = pbf.readDouble();
}

function endField(field: number, hparams: HparamsMessage, pbf: PbfReader): void {
  if (field === 1) hparams.status = STATUSES[pbf.readVarint()] ?? 'unknown';
  else if (field === 2) hparams.endedAt = pbf.readDouble();
}

interface Entry {
  key: string;
  text: string | undefined;
}

function entryField(field: number, entry: Entry, pbf: PbfReader): void {
  if (field === 1) entry.key = pbf.readString();
  else if (field === 2) pbf.readMessage(valueField, entry);
}

/** Protocol Buffers' `Value`: anything that JSON can hold. */
function valueField(field: number, entry: Entry, pbf: PbfReader): void {
  if (field === 2) entry.text = String(pbf.readDouble());
  else if (field === 3) entry.text = pbf.readString();
  else if (field === 4) entry.text = String(pbf.readBoolean());
}
