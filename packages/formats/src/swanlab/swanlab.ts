import { hasHeader, type LogHeader, walkLog } from '../framing/leveldb-log.ts';
import { Gather } from '../reading/gather.ts';
import type { Damage, FormatReader } from '../reading/reader.ts';
import { swanlabNews } from './news.ts';
import { readSwanlabRecord } from './record-message.ts';

const HEADER: LogHeader = { letters: ':SWL', magic: 0xe1d6, version: 2 };

const NO_RECORD = { en: 'a record is none of SwanLab; it is left out', zh: '一条记录不是 SwanLab 记录；已略过' };

/** SwanLab's offline files, `run-*.swanlab`: one run in each. */
export const SWANLAB: FormatReader = {
  format: 'swanlab',
  start: { offset: 0 },
  recognises: (head) => hasHeader(head, HEADER),

  read(bytes, { offset }) {
    const gather = new Gather();
    const damage: Damage[] = [];
    const onRecord = (record: Uint8Array, at: number): void => {
      try {
        swanlabNews(readSwanlabRecord(record), gather);
      } catch {
        damage.push({ offset: at, reason: NO_RECORD });
      }
    };
    const walked = walkLog(bytes, offset, HEADER, onRecord, damage);
    return { news: gather.take(), damage, position: { offset: offset + walked } };
  },
};
