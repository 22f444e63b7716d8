import { PbfReader } from 'pbf';
import { readTimestamp } from '../protobuf/timestamp.ts';
import { readZigzag } from '../protobuf/zigzag.ts';

// The fields that are read from `Record` in wandb_internal.proto, by their numbers.

/** A key with its value as JSON, extended by words for NaN and infinities. */
export interface ItemMessage {
  key: string;
  /** The path to a value within an object; there is then no key. */
  readonly path: string[];
  json: string | undefined;
}

export interface RunMessage {
  id: string;
  project: string;
  group: string;
  jobType: string;
  name: string;
  notes: string;
  readonly tags: string[];
  sweep: string;
  host: string;
  startedAt: number | undefined;
  startingStep: number;
  isResumed: boolean;
  readonly config: ItemMessage[];
  readonly git: GitMessage;
}

export interface GitMessage {
  remote: string;
  commit: string;
}

export interface EnvironmentMessage {
  os: string;
  python: string;
  program: string;
  readonly args: string[];
  host: string;
  user: string;
  readonly git: GitMessage;
}

export interface WandbRecord {
  producer: string | undefined;
  run: RunMessage | undefined;
  environment: EnvironmentMessage | undefined;
  config: ItemMessage[] | undefined;
  history: HistoryMessage | undefined;
  summary: ItemMessage[] | undefined;
  stats: StatsMessage | undefined;
  exit: ExitMessage | undefined;
}

export interface HistoryMessage {
  readonly items: ItemMessage[];
  step: number | undefined;
}

export interface StatsMessage {
  time: number;
  readonly items: ItemMessage[];
}

export interface ExitMessage {
  code: number;
  /** In seconds. */
  runtime: number;
}

/** @throws Error where it is not one */
export function readWandbRecord(bytes: Uint8Array): WandbRecord {
  const record: WandbRecord = {
    producer: undefined,
    run: undefined,
    environment: undefined,
    config: undefined,
    history: undefined,
    summary: undefined,
    stats: undefined,
    exit: undefined,
  };
  return new PbfReader(bytes).readFields(recordField, record);
}

function recordField(field: number, record: WandbRecord, pbf: PbfReader): void {
  if (field === 2) record.history = pbf.readMessage(historyField, { items: [], step: undefined });
  else if (field === 3) record.summary = pbf.readMessage(updatesField, []);
  else if (field === 5) record.config = pbf.readMessage(updatesField, []);
  else if (field === 7) record.stats = pbf.readMessage(statsField, { time: Number.NaN, items: [] });
  else if (field === 17) record.run = pbf.readMessage(runField, emptyRun());
  else if (field === 18) record.exit = pbf.readMessage(exitField, { code: 0, runtime: 0 });
  else if (field === 21) pbf.readMessage(headerField, record);
  else if (field === 26) record.environment = pbf.readMessage(environmentField, emptyEnvironment());
}

const emptyRun = (): RunMessage => ({
  id: '',
  project: '',
  group: '',
  jobType: '',
  name: '',
  notes: '',
  tags: [],
  sweep: '',
  host: '',
  startedAt: undefined,
  startingStep: 0,
  isResumed: false,
  config: [],
  git: { remote: '', commit: '' },
});

const emptyEnvironment = (): EnvironmentMessage => ({
  os: '',
  python: '',
  program: '',
  args: [],
  host: '',
  user: '',
  git: { remote: '', commit: '' },
});

function runField(field: number, run: RunMessage, pbf: PbfReader): void {
  if (field === 1) run.id = pbf.readString();
  else if (field === 3) run.project = pbf.readString();
  else if (field === 4) pbf.readMessage(updatesField, run.config);
  else if (field === 6) run.group = pbf.readString();
  else if (field === 7) run.jobType = pbf.readString();
  else if (field === 8) run.name = pbf.readString();
  else if (field === 9) run.notes = pbf.readString();
  else if (field === 10) run.tags.push(pbf.readString());
  else if (field === 12) run.sweep = pbf.readString();
  else if (field === 13) run.host = pbf.readString();
  else if (field === 14) run.startingStep = pbf.readVarint(true);
  else if (field === 17) run.startedAt = readTimestamp(pbf);
  else if (field === 18) run.isResumed = pbf.readBoolean();
  else if (field === 21) pbf.readMessage(gitField, run.git);
}

function environmentField(field: number, environment: EnvironmentMessage, pbf: PbfReader): void {
  if (field === 1) environment.os = pbf.readString();
  else if (field === 2) environment.python = pbf.readString();
  else if (field === 5) environment.args.push(pbf.readString());
  else if (field === 6) environment.program = pbf.readString();
  else if (field === 9) pbf.readMessage(gitField, environment.git);
  else if (field === 12) environment.host = pbf.readString();
  else if (field === 13) environment.user = pbf.readString();
}

function gitField(field: number, git: GitMessage, pbf: PbfReader): void {
  if (field === 1) git.remote = pbf.readString();
  else if (field === 2) git.commit = pbf.readString();
}

function headerField(field: number, record: WandbRecord, pbf: PbfReader): void {
  if (field === 1) pbf.readMessage(versionField, record);
}

function versionField(field: number, record: WandbRecord, pbf: PbfReader): void {
  if (field === 1) record.producer = pbf.readString();
}

function historyField(field: number, history: HistoryMessage, pbf: PbfReader): void {
  if (field === 1) history.items.push(readItem(pbf));
  else if (field === 2) pbf.readMessage(stepField, history);
}

function stepField(field: number, history: HistoryMessage, pbf: PbfReader): void {
  if (field === 1) history.step = pbf.readVarint(true);
}

function updatesField(field: number, items: ItemMessage[], pbf: PbfReader): void {
  if (field === 1) items.push(readItem(pbf));
}

function statsField(field: number, stats: StatsMessage, pbf: PbfReader): void {
  if (field === 2) stats.time = readTimestamp(pbf);
  else if (field === 3) stats.items.push(readItem(pbf));
}

function exitField(field: number, exit: ExitMessage, pbf: PbfReader): void {
  if (field === 1) exit.code = pbf.readVarint(true);
  else if (field === 2) exit.runtime = pbf.readVarint(true);
}

const readItem = (pbf: PbfReader): ItemMessage => pbf.readMessage(itemField, { key: '', path: [], json: undefined });

/** A value is in JSON or, for writers so configured, in a field for its type. */
function itemField(field: number, item: ItemMessage, pbf: PbfReader): void {
  if (field === 1) item.key = pbf.readString();
  else if (field === 2) item.path.push(pbf.readString());
  else if (field === 3) item.json = 'null';
  else if (field === 4) item.json = String(pbf.readBoolean());
  else if (field === 5) item.json = String(readZigzag(pbf));
  else if (field === 6) item.json = String(pbf.readDouble());
  else if (field === 7) item.json = JSON.stringify(pbf.readString());
  else if (field === 8 || field === 16) item.json = pbf.readString();
}
