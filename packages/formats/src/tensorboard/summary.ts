import { encodeHistogram, HISTOGRAM_TYPE, histogramOfBuckets } from '../media/histogram-body.ts';
import { imageTypeOf } from '../media/media-type.ts';
import type { HistogramBody } from '../reading/events.ts';
import type { Gather } from '../reading/gather.ts';
import type { HistogramMessage, SummaryValue } from './event-message.ts';
import { readHparams } from './hparams-message.ts';
import { type Tensor, tensorValues } from './tensor-message.ts';

/** The news in one value of a summary. @throws Error where the plugin's own message is not valid */
export function summaryNews(value: SummaryValue, step: number, time: number, gather: Gather): void {
  if (value.simple !== undefined) gather.point('', value.tag, step, value.simple, time);
  if (value.plugin === 'hparams') hparamsNews(value, time, gather);
  else if (value.image) imageNews(value, step, time, value.image.bytes, 0, gather);
  else if (value.histogram) histogramNews(value, step, time, ofMessage(value.histogram), gather);
  else if (value.tensor) tensorNews(value, value.tensor, step, time, gather);
  else if (value.simple === undefined) gather.unread('', value.other ?? value.plugin ?? 'empty');
}

function tensorNews(value: SummaryValue, tensor: Tensor, step: number, time: number, gather: Gather): void {
  const plugin = value.plugin ?? likelyPlugin(tensor);
  if (plugin === 'images')
    tensor.texts.slice(2).forEach((bytes, i) => {
      imageNews(value, step, time, bytes, i, gather);
    });
  else if (plugin === 'text')
    tensor.texts.forEach((text, index) => {
      gather.say({
        ...place(value, step, time),
        what: 'text',
        index,
        mediaType: 'text/markdown',
        body: new Uint8Array(text),
      });
    });
  else {
    const values = plugin === 'scalars' || plugin === 'histograms' ? tensorValues(tensor) : undefined;
    if (plugin === 'scalars' && values?.length === 1) gather.point('', value.tag, step, values[0] as number, time);
    else if (plugin === 'histograms' && values && tensor.shape[1] === 3)
      histogramNews(value, step, time, ofRows(values), gather);
    else gather.unread('', plugin);
  }
}

const place = ({ tag }: SummaryValue, step: number, time: number) =>
  ({ kind: 'media', run: '', key: tag, step, time }) as const;

function imageNews(
  value: SummaryValue,
  step: number,
  time: number,
  bytes: Uint8Array,
  index: number,
  gather: Gather,
): void {
  const mediaType = imageTypeOf(bytes);
  if (mediaType === undefined) gather.unread('', 'image');
  else gather.say({ ...place(value, step, time), what: 'image', index, mediaType, body: new Uint8Array(bytes) });
}

function histogramNews(value: SummaryValue, step: number, time: number, body: HistogramBody, gather: Gather): void {
  gather.say({
    ...place(value, step, time),
    what: 'histogram',
    index: 0,
    mediaType: HISTOGRAM_TYPE,
    body: encodeHistogram(body),
  });
}

/** The plugin of a tensor without metadata, which only the first value of its tag had, from the tensor itself. */
function likelyPlugin({ type, shape, texts }: Tensor): string {
  if (type === 'string') return texts.length > 2 && imageTypeOf(texts[2] as Uint8Array) ? 'images' : 'text';
  return shape.length === 2 && shape[1] === 3 ? 'histograms' : 'scalars';
}

function hparamsNews({ content }: SummaryValue, time: number, gather: Gather): void {
  if (!content) return;
  const { params, group, startedAt, status, endedAt } = readHparams(content);
  if (Object.keys(params).length > 0 || startedAt !== undefined) {
    const tags = group === undefined ? {} : { group };
    const began = startedAt === undefined ? {} : { startedAt: startedAt * 1000 };
    gather.say({ kind: 'run', run: '', params, tags, ...began });
  }
  if (status === 'finished' || status === 'failed')
    gather.say({ kind: 'end', run: '', status, time: endedAt === undefined ? time : endedAt * 1000 });
}

/**
 * A histogram in the old format gives the upper ends of its buckets, the outermost at infinity. As in TensorBoard, it
 * is read from the least to the greatest value, without empty buckets at either end.
 */
function ofMessage({ min, max, limits, counts }: HistogramMessage): HistogramBody {
  const isFilled = (count: number) => count > 0;
  const first = counts.findIndex(isFilled);
  if (first < 0) return { edges: [], counts: [] };
  const last = counts.findLastIndex(isFilled);
  const inner = limits.slice(first, last);
  return histogramOfBuckets([min, ...inner], [...inner, max], counts.slice(first, last + 1));
}

/** From rows of left end, right end and count. */
function ofRows(values: readonly number[]): HistogramBody {
  const column = (place: number) => values.filter((_, i) => i % 3 === place);
  return histogramOfBuckets(column(0), column(1), column(2));
}
