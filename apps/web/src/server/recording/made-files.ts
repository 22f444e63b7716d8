import { ACTIVATION_LOOKS, BOUNDARY, CALIBRATION, LOSS_SURFACE, probesOf } from '@whorl/core';
import { extentOf, type Prepared } from '@whorl/core/trainer';
import type { NewArtifact } from '@whorl/store';
import { unpackColumn } from '#src/contract/columns.ts';
import type { RecordedFile } from '#src/contract/recording.ts';
import { refused } from './refused.ts';

const DOCUMENTS = [CALIBRATION, LOSS_SURFACE, ACTIVATION_LOOKS];
const MOST_GRID = 256;

const wrong = (name: string, en: string, zh: string) => refused(`file ${name}: ${en}`, `文件 ${name}：${zh}`);

/**
 * The files of a training: the pictures of its boundary after the updates at which the runner would have looked, and what else
 * its study looks at, each read as pages read it.
 * @throws SaidError for a file that is none of these, and where a picture is missing
 */
export function madeFiles(files: readonly RecordedFile[], prepared: Prepared): NewArtifact[] {
  const { config, steps } = prepared;
  const pictured = probesOf(config).boundary?.(steps) ?? [];
  const got = files.filter(({ name }) => name === BOUNDARY.name).map(({ step }) => step);
  if (got.length !== pictured.length || pictured.some((step, i) => step !== got[i]))
    throw wrong(
      BOUNDARY.name,
      `came after updates ${got.join(', ')}, expected ${pictured.join(', ')}`,
      `位于第 ${got.join('、')} 步之后，应为第 ${pictured.join('、')} 步`,
    );
  if (new Set(files.map(({ name, step }) => `${name} ${step}`)).size !== files.length)
    throw refused('a file came twice', '有一个文件出现了两次');
  return files.map((file) => (file.name === BOUNDARY.name ? pictureOf(file, prepared) : documentOf(file)));
}

function pictureOf({ step, data }: RecordedFile, { train }: Prepared): NewArtifact {
  const { name, mediaType } = BOUNDARY;
  const values = 'bytes' in data ? numbersOf(data.bytes) : null;
  const grid = Math.sqrt((values?.length ?? 0) / train.classes);
  const isPicture = values?.every((value) => Number.isInteger(value) && value >= 0 && value <= 255);
  if (!values || !isPicture || !Number.isInteger(grid) || grid < 2 || grid > MOST_GRID)
    throw wrong(
      name,
      `expected bytes of a square of ${train.classes} classes, got something else`,
      `应为 ${train.classes} 个类别的方形图的字节，得到的是其他内容`,
    );
  const meta = { grid, classes: train.classes, extent: extentOf(train) };
  return { name, mediaType, data: Uint8Array.from(values), meta, ...(step !== null && { step }) };
}

function numbersOf(packed: string): Float64Array | null {
  try {
    return unpackColumn(packed);
  } catch {
    return null;
  }
}

function documentOf({ name, step, data }: RecordedFile): NewArtifact {
  const kind = DOCUMENTS.find((one) => one.name === name);
  if (!kind || step !== null || !('json' in data))
    throw wrong(name, 'no training of a page makes it', '网页中的训练不产生它');
  try {
    kind.document.parse(JSON.parse(data.json));
  } catch {
    throw wrong(name, 'it cannot be read as what it is called', '无法按其名称读取');
  }
  return { name, mediaType: kind.mediaType, data: Buffer.from(data.json) };
}
