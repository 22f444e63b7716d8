import { type FileMetaData, parquetMetadata, parquetReadObjects, type RowGroup } from 'hyparquet';
import { Gather } from '../reading/gather.ts';
import type { Damage, FilePosition, FileReading, WholeFileReader } from '../reading/reader.ts';
import { attributeNews, type NeptuneRow } from './attribute.ts';

/** The columns of neptune-exporter's tables, in which each row is one value of a run. */
const COLUMNS = ['run_id', 'attribute_path', 'attribute_type', 'step', 'timestamp', 'float_value', 'string_value'];
const MAGIC = [0x50, 0x41, 0x52, 0x31];

/** Tables of runs that neptune-exporter writes as Parquet, read by row group. */
export const NEPTUNE_PARQUET: WholeFileReader = {
  format: 'neptune',
  needsWhole: true,
  start: { offset: 0 },
  recognises: (head) => MAGIC.every((byte, i) => head[i] === byte),

  async read(bytes, position) {
    const damage: Damage[] = [];
    const stuck = (reason: Damage['reason']): FileReading<FilePosition> => {
      damage.push({ offset: position.offset, reason });
      return { news: [], damage, position };
    };
    let metadata: FileMetaData;
    const file = new Uint8Array(bytes).buffer;
    try {
      metadata = parquetMetadata(file);
    } catch {
      return stuck(NO_TABLE);
    }
    const names = new Set(metadata.schema.map(({ name }) => name));
    if (!COLUMNS.every((name) => names.has(name))) return stuck(NO_COLUMNS);
    const groups = metadata.row_groups;
    const at = groups.findIndex((group) => beginOf(group) >= position.offset);
    if (at < 0) return { news: [], damage, position: { offset: bytes.length } };
    const rowStart = groups.slice(0, at).reduce((rows, group) => rows + Number(group.num_rows), 0);
    const rowEnd = rowStart + Number(groups[at]?.num_rows);
    const next = groups[at + 1];
    const behind = { offset: next ? beginOf(next) : bytes.length };
    const gather = new Gather();
    try {
      const rows = (await parquetReadObjects({ file, metadata, rowStart, rowEnd })) as unknown as NeptuneRow[];
      for (const row of rows) attributeNews(row, gather);
    } catch {
      damage.push({ offset: position.offset, reason: GROUP_DAMAGED });
      return { news: [], damage, position: behind };
    }
    return { news: gather.take(), damage, position: behind };
  },
};

/** The first byte of a row group. */
function beginOf({ columns }: RowGroup): number {
  const begins = columns.flatMap(({ meta_data: data }) =>
    data ? [Number(data.dictionary_page_offset ?? data.data_page_offset)] : [],
  );
  return Math.min(...begins);
}

const NO_TABLE = {
  en: 'the table at the end of the file is damaged or not written yet',
  zh: '文件末尾的表信息已损坏或尚未写完',
};
const NO_COLUMNS = {
  en: 'the table has not the columns of neptune-exporter (run_id, attribute_path, attribute_type ...)',
  zh: '表中没有 neptune-exporter 的列（run_id、attribute_path、attribute_type 等）',
};
const GROUP_DAMAGED = { en: 'a group of rows is damaged; it is left out', zh: '一组行已损坏；已略过' };
