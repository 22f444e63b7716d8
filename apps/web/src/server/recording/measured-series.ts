import { metricOf } from '@whorl/core';
import type { Columns } from '@whorl/store';
import { unpackColumn } from '#src/contract/columns.ts';
import type { RecordedSeries } from '#src/contract/recording.ts';
import { refused } from './refused.ts';

/** What every step measures, and what is measured once the training has ended. */
const OF_STEPS = ['loss', 'accuracy'] as const;
const OF_THE_END = ['trainLoss', 'trainAccuracy', 'testLoss', 'testAccuracy', 'ece'] as const;

const wrong = (key: string, en: string, zh: string) => refused(`series ${key}: ${en}`, `序列 ${key}：${zh}`);

function numbersOf(key: string, packed: string): Float64Array {
  try {
    return unpackColumn(packed);
  } catch {
    throw wrong(key, 'expected packed numbers, got something else', '应为打包的数值，得到的是其他内容');
  }
}

/**
 * The points of a training of so many steps, as the runner would have recorded them.
 * @param startedAt ms since 1970
 * @throws SaidError where a series is missing, unknown, too short or too long, or has what it cannot have
 */
export function measuredSeries(
  series: readonly RecordedSeries[],
  { steps, startedAt, durationMs }: { readonly steps: number; readonly startedAt: number; readonly durationMs: number },
): Record<string, Columns> {
  const found = new Map(series.map((one) => [one.key, columnsOf(one, { steps, startedAt, durationMs })]));
  for (const key of OF_STEPS) {
    const got = found.get(key)?.steps.length ?? 0;
    if (got !== steps)
      throw wrong(
        key,
        `got ${got} points, expected ${steps}, one a step`,
        `有 ${got} 个点，应为 ${steps} 个，每步一个`,
      );
  }
  for (const key of OF_THE_END) {
    const last = found.get(key)?.steps.at(-1);
    if (last !== steps)
      throw wrong(
        key,
        `its last step is ${last ?? 'missing'}, expected ${steps}: only a training that has ended can be recorded`,
        `最后一步是 ${last ?? '（缺失）'}，应为 ${steps}：只能记录已结束的训练`,
      );
  }
  if (found.size !== series.length) throw refused('a series came twice', '有一个序列出现了两次');
  return Object.fromEntries(found);
}

interface Span {
  readonly steps: number;
  readonly startedAt: number;
  readonly durationMs: number;
}

function columnsOf({ key, ...packed }: RecordedSeries, { steps: total, startedAt, durationMs }: Span): Columns {
  const metric = metricOf(key)?.metric;
  if (!metric) throw wrong(key, 'no training of Whorl measures it', 'Whorl 的训练不测量它');
  const [steps, values, times] = [packed.steps, packed.values, packed.times].map((text) => numbersOf(key, text)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  if (steps.length === 0 || steps.length !== values.length || steps.length !== times.length)
    throw wrong(
      key,
      `got ${steps.length} steps, ${values.length} values and ${times.length} times, expected as many of each, and one at least`,
      `有 ${steps.length} 个步、${values.length} 个值、${times.length} 个时间，三者应相等且至少一个`,
    );
  const isRising = (column: Float64Array, by: number, least: number, most: number) =>
    column.every((at, i) => at >= (i === 0 ? least : (column[i - 1] as number) + by) && at <= most);
  if (!steps.every(Number.isInteger) || !isRising(steps, 1, 0, total))
    throw wrong(key, `expected rising steps from 0 to ${total}`, `步应从 0 到 ${total} 递增`);
  if (!isRising(times, 0, 0, durationMs))
    throw wrong(
      key,
      `expected times from 0 to ${durationMs} ms that do not fall`,
      `时间应在 0 到 ${durationMs} 毫秒之间且不减`,
    );
  const [least, most] = metric.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const odd = values.find((value) => value < least || value > most);
  if (odd !== undefined)
    throw wrong(
      key,
      `got ${odd}, expected ${least} to ${most}, or NaN`,
      `得到 ${odd}，应在 ${least} 到 ${most} 之间，或为 NaN`,
    );
  return { steps, values, times: times.map((at) => startedAt + at) };
}
