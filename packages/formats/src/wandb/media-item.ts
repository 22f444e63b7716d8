import { encodeHistogram, HISTOGRAM_TYPE } from '../media/histogram-body.ts';
import { mediaTypeOfName } from '../media/media-type.ts';
import type { MediaNews } from '../reading/events.ts';
import type { Gather } from '../reading/gather.ts';
import type { ItemTree } from './items.ts';

type Place = Pick<MediaNews, 'kind' | 'run' | 'key' | 'step' | 'time'>;

/** W&B's names for logged media, each with our kind. */
const WHAT: Readonly<Record<string, MediaNews['what']>> = { 'image-file': 'image', 'table-file': 'table' };

const text = (item: ReadonlyMap<string, ItemTree>, key: string): string | undefined => {
  const value = item.get(key);
  return typeof value === 'string' ? value : undefined;
};
const list = (item: ReadonlyMap<string, ItemTree>, key: string): readonly unknown[] => {
  const value = item.get(key);
  return Array.isArray(value) ? value : [];
};

/** The news in an object that W&B logs for a picture, a table, a histogram or a file. */
export function mediaItemNews(item: ReadonlyMap<string, ItemTree>, place: Place, gather: Gather): void {
  const type = text(item, '_type') ?? '';
  const path = text(item, 'path');
  const sayFile = (what: MediaNews['what'], name: string, index: number, caption: string | undefined) => {
    const words = caption === undefined ? {} : { caption };
    gather.say({ ...place, what, index, mediaType: mediaTypeOfName(name), body: { path: `files/${name}` }, ...words });
  };
  if (type === 'histogram') {
    const body = histogramOfItem(item);
    if (body) gather.say({ ...place, what: 'histogram', index: 0, mediaType: HISTOGRAM_TYPE, body });
    else gather.unread(place.run, type);
  } else if (type === 'images/separated') {
    const captions = list(item, 'captions');
    list(item, 'filenames').forEach((name, i) => {
      const caption = captions[i];
      if (typeof name === 'string') sayFile('image', name, i, typeof caption === 'string' ? caption : undefined);
    });
  } else if (path !== undefined) sayFile(WHAT[type] ?? 'file', path, 0, text(item, 'caption'));
  else gather.unread(place.run, type);
}

/** From edges, or from the least edge, the width and the counts. */
function histogramOfItem(item: ReadonlyMap<string, ItemTree>): Uint8Array | undefined {
  const counts = numbers(list(item, 'values'));
  const packed = item.get('packedBins');
  const edges = packed instanceof Map ? evenEdges(packed) : numbers(list(item, 'bins'));
  if (!counts || !edges || edges.length !== counts.length + 1) return undefined;
  return encodeHistogram({ edges, counts });
}

function numbers(values: readonly unknown[]): number[] | undefined {
  const found = values.filter((value): value is number => typeof value === 'number');
  return found.length === values.length ? found : undefined;
}

function evenEdges(packed: ReadonlyMap<string, ItemTree>): number[] | undefined {
  const [min, size, count] = ['min', 'size', 'count'].map((key) => packed.get(key));
  if (typeof min !== 'number' || typeof size !== 'number' || typeof count !== 'number') return undefined;
  if (!(count >= 0 && count <= 100_000)) return undefined;
  return Array.from({ length: count + 1 }, (_, i) => min + i * size);
}
