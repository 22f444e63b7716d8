import { PbfReader } from 'pbf';
import { readTimestamp } from '../protobuf/timestamp.ts';

// The fields that are read from SwanLab's `Record`, by their numbers in its .proto files.

export interface StartMessage {
  id: string;
  project: string;
  workspace: string;
  name: string;
  description: string;
  readonly tags: string[];
  group: string;
  jobType: string;
  startedAt: number | undefined;
}

export interface FinishMessage {
  state: number;
  error: string;
  time: number | undefined;
}

export interface ScalarMessage {
  key: string;
  step: number;
  time: number;
  value: number;
}

export interface MediaMessage {
  key: string;
  step: number;
  time: number;
  type: number;
  readonly items: MediaItemMessage[];
}

export interface MediaItemMessage {
  name: string;
  caption: string;
  payload: Uint8Array | undefined;
}

export interface SaveMessage {
  path: string;
  type: number;
}

export interface SwanlabRecord {
  start: StartMessage | undefined;
  finish: FinishMessage | undefined;
  scalar: ScalarMessage | undefined;
  media: MediaMessage | undefined;
  save: SaveMessage | undefined;
}

/** @throws Error where it is not one */
export function readSwanlabRecord(bytes: Uint8Array): SwanlabRecord {
  const record: SwanlabRecord = {
    start: undefined,
    finish: undefined,
    scalar: undefined,
    media: undefined,
    save: undefined,
  };
  return new PbfReader(bytes).readFields(recordField, record);
}

function recordField(field: number, record: SwanlabRecord, pbf: PbfReader): void {
  if (field === 10) record.start = pbf.readMessage(startField, emptyStart());
  else if (field === 11) record.finish = pbf.readMessage(finishField, { state: 0, error: '', time: undefined });
  else if (field === 13) record.scalar = pbf.readMessage(scalarField, { key: '', step: 0, time: Number.NaN, value: 0 });
  else if (field === 14)
    record.media = pbf.readMessage(mediaField, { key: '', step: 0, time: Number.NaN, type: 0, items: [] });
  else if (field === 20) record.save = pbf.readMessage(saveField, { path: '', type: 0 });
}

const emptyStart = (): StartMessage => ({
  id: '',
  project: '',
  workspace: '',
  name: '',
  description: '',
  tags: [],
  group: '',
  jobType: '',
  startedAt: undefined,
});

function startField(field: number, start: StartMessage, pbf: PbfReader): void {
  if (field === 1) start.project = pbf.readString();
  else if (field === 2) start.workspace = pbf.readString();
  else if (field === 4) start.name = pbf.readString();
  else if (field === 5) start.description = pbf.readString();
  else if (field === 6) start.tags.push(pbf.readString());
  else if (field === 7) start.group = pbf.readString();
  else if (field === 8) start.jobType = pbf.readString();
  else if (field === 10) start.id = pbf.readString();
  else if (field === 12) start.startedAt = readTimestamp(pbf);
}

function finishField(field: number, finish: FinishMessage, pbf: PbfReader): void {
  if (field === 1) finish.state = pbf.readVarint();
  else if (field === 2) finish.error = pbf.readString();
  else if (field === 3) finish.time = readTimestamp(pbf);
}

function scalarField(field: number, scalar: ScalarMessage, pbf: PbfReader): void {
  if (field === 1) scalar.key = pbf.readString();
  else if (field === 2) scalar.step = pbf.readVarint(true);
  else if (field === 4) scalar.time = readTimestamp(pbf);
  else if (field === 5) pbf.readMessage(numberField, scalar);
}

function numberField(field: number, scalar: ScalarMessage, pbf: PbfReader): void {
  if (field === 1) scalar.value = pbf.readDouble();
}

function mediaField(field: number, media: MediaMessage, pbf: PbfReader): void {
  if (field === 1) media.key = pbf.readString();
  else if (field === 2) media.step = pbf.readVarint(true);
  else if (field === 3) media.type = pbf.readVarint();
  else if (field === 4) media.time = readTimestamp(pbf);
  else if (field === 5) pbf.readMessage(itemsField, media.items);
}

function itemsField(field: number, items: MediaItemMessage[], pbf: PbfReader): void {
  if (field === 1) items.push(pbf.readMessage(itemField, { name: '', caption: '', payload: undefined }));
}

function itemField(field: number, item: MediaItemMessage, pbf: PbfReader): void {
  if (field === 1) item.name = pbf.readString();
  else if (field === 4) item.caption = pbf.readString();
  else if (field === 5) item.payload = pbf.readBytes();
}

function saveField(field: number, save: SaveMessage, pbf: PbfReader): void {
  if (field === 2) save.path = pbf.readString();
  else if (field === 5) save.type = pbf.readVarint();
}
