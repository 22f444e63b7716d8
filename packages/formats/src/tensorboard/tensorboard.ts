import { PbfReader } from 'pbf';
import { walkTfRecords } from '../framing/tfrecord.ts';
import { Gather } from '../reading/gather.ts';
import type { Damage, FilePosition, FormatReader } from '../reading/reader.ts';
import { type EventMessage, readEvent } from './event-message.ts';
import { summaryNews } from './summary.ts';

const NO_EVENT = {
  en: 'a record is no event of TensorBoard; it is left out',
  zh: '一条记录不是 TensorBoard 事件；已略过',
};

/** TensorBoard's event files, `events.out.tfevents.*`: one run for each folder, possibly in several files. */
export const TENSORBOARD: FormatReader = {
  format: 'tensorboard',
  start: { offset: 0 },

  recognises(head) {
    let isOne = false;
    const first = (start: number, end: number, offset: number): void => {
      if (offset === 0) isOne = versionOf(head, start, end)?.startsWith('brain.Event:') ?? false;
    };
    walkTfRecords(head, 0, first, []);
    return isOne;
  },

  read(bytes, { offset }: FilePosition) {
    const gather = new Gather();
    const damage: Damage[] = [];
    const pbf = new PbfReader(bytes);
    const onRecord = (start: number, end: number, at: number): void => {
      pbf.pos = start;
      try {
        eventNews(readEvent(pbf, end), gather);
      } catch {
        damage.push({ offset: at, reason: NO_EVENT });
      }
    };
    const walked = walkTfRecords(bytes, offset, onRecord, damage);
    return { news: gather.take(), damage, position: { offset: offset + walked } };
  },
};

function versionOf(head: Uint8Array, start: number, end: number): string | undefined {
  try {
    return readEvent(new PbfReader(head.subarray(start, end)), end - start).fileVersion;
  } catch {
    return undefined;
  }
}

function eventNews({ wallTime, step, fileVersion, writer, isStart, values }: EventMessage, gather: Gather): void {
  const time = wallTime * 1000;
  if (fileVersion !== undefined)
    gather.say({ kind: 'run', run: '', startedAt: time, facts: writer === undefined ? {} : { writer } });
  if (isStart) gather.say({ kind: 'restart', run: '', step, time });
  for (const value of values) summaryNews(value, step, time, gather);
}
