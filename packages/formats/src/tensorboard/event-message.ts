import type { PbfReader } from 'pbf';
import { readTensor, type Tensor } from './tensor-message.ts';

// The fields that are read from TensorBoard's `Event`, by their numbers in its .proto files.

export interface ImageMessage {
  bytes: Uint8Array;
}

export interface HistogramMessage {
  min: number;
  max: number;
  /** The upper ends of the buckets. */
  limits: number[];
  counts: number[];
}

export interface SummaryValue {
  tag: string;
  /** From its metadata, which often only the first value of a tag has. */
  plugin: string | undefined;
  content: Uint8Array | undefined;
  simple: number | undefined;
  image: ImageMessage | undefined;
  histogram: HistogramMessage | undefined;
  tensor: Tensor | undefined;
  /** What else it holds. */
  other: string | undefined;
}

export interface EventMessage {
  /** Seconds since 1970. */
  wallTime: number;
  step: number;
  fileVersion: string | undefined;
  writer: string | undefined;
  isStart: boolean;
  readonly values: SummaryValue[];
}

/** Reads an event from the reader's position to `end`. @throws Error where it is not one */
export function readEvent(pbf: PbfReader, end: number): EventMessage {
  const event: EventMessage = {
    wallTime: 0,
    step: 0,
    fileVersion: undefined,
    writer: undefined,
    isStart: false,
    values: [],
  };
  return pbf.readFields(eventField, event, end);
}

function eventField(field: number, event: EventMessage, pbf: PbfReader): void {
  if (field === 1) event.wallTime = pbf.readDouble();
  else if (field === 2) event.step = pbf.readVarint(true);
  else if (field === 3) event.fileVersion = pbf.readString();
  else if (field === 5) pbf.readMessage(summaryField, event.values);
  else if (field === 7) pbf.readMessage(sessionField, event);
  else if (field === 10) pbf.readMessage(sourceField, event);
}

const START = 1;
function sessionField(field: number, event: EventMessage, pbf: PbfReader): void {
  if (field === 1) event.isStart = pbf.readVarint() === START;
}

function sourceField(field: number, event: EventMessage, pbf: PbfReader): void {
  if (field === 1) event.writer = pbf.readString();
}

function summaryField(field: number, values: SummaryValue[], pbf: PbfReader): void {
  if (field !== 1) return;
  const value: SummaryValue = {
    tag: '',
    plugin: undefined,
    content: undefined,
    simple: undefined,
    image: undefined,
    histogram: undefined,
    tensor: undefined,
    other: undefined,
  };
  values.push(pbf.readMessage(valueField, value));
}

function valueField(field: number, value: SummaryValue, pbf: PbfReader): void {
  if (field === 1) value.tag = pbf.readString();
  else if (field === 2) value.simple = pbf.readFloat();
  else if (field === 4) value.image = pbf.readMessage(imageField, { bytes: new Uint8Array() });
  else if (field === 5) value.histogram = pbf.readMessage(histogramField, { min: 0, max: 0, limits: [], counts: [] });
  else if (field === 6) value.other = 'audio';
  else if (field === 8) value.tensor = readTensor(pbf);
  else if (field === 9) pbf.readMessage(metadataField, value);
}

function imageField(field: number, image: ImageMessage, pbf: PbfReader): void {
  if (field === 4) image.bytes = pbf.readBytes();
}

function histogramField(field: number, histogram: HistogramMessage, pbf: PbfReader): void {
  if (field === 1) histogram.min = pbf.readDouble();
  else if (field === 2) histogram.max = pbf.readDouble();
  else if (field === 6) pbf.readPackedDouble(histogram.limits);
  else if (field === 7) pbf.readPackedDouble(histogram.counts);
}

function metadataField(field: number, value: SummaryValue, pbf: PbfReader): void {
  if (field === 1) pbf.readMessage(pluginField, value);
}

function pluginField(field: number, value: SummaryValue, pbf: PbfReader): void {
  if (field === 1) value.plugin = pbf.readString();
  else if (field === 2) value.content = pbf.readBytes();
}
