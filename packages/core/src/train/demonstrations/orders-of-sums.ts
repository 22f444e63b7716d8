import { Rng } from '../../random/rng.ts';
import type { Demonstration } from '../../studies/study.ts';

// Another number of threads, or another engine, changes the order in which numbers are added. Here they are added as
// float32 by IEEE 754, one by one, so that the demonstration is the same everywhere.

const COUNT = 10_000;
const THREADS = 4;

/** The same numbers added in order, in reverse, and in parts as several threads would. */
export function ordersOfSums(): Demonstration[] {
  const rng = Rng.of(1).split('sums');
  const values = Float32Array.from({ length: COUNT }, () => rng.uniform(0, 1));
  const [forth, again, back] = [sumOf(values), sumOf(values), sumOf([...values].reverse())];
  const inParts = sumOf(
    Array.from({ length: THREADS }, (_, part) =>
      sumOf(values.subarray((part * COUNT) / THREADS, ((part + 1) * COUNT) / THREADS)),
    ),
  );
  const small = Math.fround(Math.fround(1e8 + 1) - 1e8);
  const output = (sum: number) => ({
    en: `${sum}, ${differs(sum, forth).en}`,
    zh: `${sum}，${differs(sum, forth).zh}`,
  });
  return [
    {
      title: { en: 'again in the same order', zh: '按同样的顺序再加一次' },
      code: `${COUNT} float32 numbers, first to last`,
      output: output(again),
      holds: Object.is(again, forth),
    },
    {
      title: { en: 'backwards', zh: '倒着加' },
      code: `the same ${COUNT} numbers, last to first`,
      output: output(back),
      holds: back !== forth,
    },
    {
      title: {
        en: `in ${THREADS} parts, as ${THREADS} threads would`,
        zh: `分成 ${THREADS} 份再相加，如同 ${THREADS} 个线程`,
      },
      code: `the same ${COUNT} numbers, ${THREADS} sums, then their sum`,
      output: output(inParts),
      holds: inParts !== forth,
    },
    {
      title: { en: 'a small number after a large one', zh: '先加大数，再加小数' },
      code: '(1e8 + 1) - 1e8 in float32',
      output: { en: `${small}: the 1 was rounded away`, zh: `${small}：那个 1 被舍入掉了` },
      holds: small === 0,
    },
  ];
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum = Math.fround(sum + value);
  return sum;
}

const differs = (sum: number, from: number) =>
  Object.is(sum, from)
    ? { en: 'the same bits as before', zh: '与之前逐比特相同' }
    : { en: `not ${from}`, zh: `而不是 ${from}` };
