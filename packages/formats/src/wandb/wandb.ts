import { hasHeader, type LogHeader, walkLog } from '../framing/leveldb-log.ts';
import { Gather } from '../reading/gather.ts';
import type { Damage, FilePosition, FormatReader } from '../reading/reader.ts';
import { recordNews } from './news.ts';
import { readWandbRecord } from './record-message.ts';

const HEADER: LogHeader = { letters: ':W&B', magic: 0xbee1, version: 0 };

const NO_RECORD = { en: 'a record is none of W&B; it is left out', zh: '一条记录不是 W&B 记录；已略过' };

export interface WandbPosition extends FilePosition {
  /** When the run began, in ms since 1970: measurements of the machine have seconds since then as steps. */
  readonly startedAt: number | null;
}

/** W&B's offline files, `run-*.wandb`: one run in each. */
export const WANDB: FormatReader<WandbPosition> = {
  format: 'wandb',
  start: { offset: 0, startedAt: null },
  recognises: (head) => hasHeader(head, HEADER),

  read(bytes, { offset, startedAt }) {
    const gather = new Gather();
    const damage: Damage[] = [];
    let began = startedAt;
    const onRecord = (record: Uint8Array, at: number): void => {
      try {
        began = recordNews(readWandbRecord(record), began, gather);
      } catch {
        damage.push({ offset: at, reason: NO_RECORD });
      }
    };
    const walked = walkLog(bytes, offset, HEADER, onRecord, damage);
    return { news: gather.take(), damage, position: { offset: offset + walked, startedAt: began } };
  },
};
