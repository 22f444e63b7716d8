'use client';

import { useEffect, useReducer } from 'react';
import type { Picture, PointCloud } from './paint-boundary.ts';

/** Bytes by address. The bytes at an address never change, so a page fetches them once. */
const cache = new Map<string, Promise<Uint8Array> | Uint8Array>();
const MOST_CACHED = 2_000;

/**
 * The bytes at an address.
 * @throws Error where they cannot be fetched
 */
export function load(url: string): Promise<Uint8Array> {
  const known = cache.get(url);
  if (known) return Promise.resolve(known);
  const loading = fetch(url).then(async (response) => {
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  });
  if (cache.size >= MOST_CACHED) cache.delete(cache.keys().next().value as string);
  cache.set(url, loading);
  loading.then(
    (bytes) => cache.set(url, bytes),
    () => cache.delete(url),
  );
  return loading;
}

const loaded = (url: string): Uint8Array | null => {
  const known = cache.get(url);
  return known instanceof Uint8Array ? known : null;
};

/** Fetches files in order, four at a time, and renders again as they arrive. */
export function useFiles(urls: readonly string[]): { get: (url: string) => Uint8Array | null; failed: boolean } {
  const [state, arrived] = useReducer(
    (before: { failed: boolean }, failed: boolean) => ({ failed: before.failed || failed }),
    { failed: false },
  );
  const list = urls.join('\n');
  useEffect(() => {
    let live = true;
    const waiting = list.split('\n').filter((url) => url && !loaded(url));
    const work = async () => {
      for (let url = waiting.shift(); live && url; url = waiting.shift()) {
        const failed = await load(url).then(
          () => false,
          () => true,
        );
        if (live) arrived(failed);
      }
    };
    for (let i = 0; i < 4; i++) void work();
    return () => {
      live = false;
    };
  }, [list]);
  return { get: loaded, failed: state.failed };
}

/** A frame's bytes as a picture; null where their number does not match the declared size. */
export function toPicture(
  { grid, classes, extent }: Omit<Picture, 'probabilities'>,
  bytes: Uint8Array | null,
): Picture | null {
  return bytes && bytes.length === grid * grid * classes ? { grid, classes, extent, probabilities: bytes } : null;
}

/** A data file's bytes as points: `count` pairs of little-endian floats, then `count` labels. */
export function toPoints({ count }: { readonly count: number }, bytes: Uint8Array | null): PointCloud | null {
  if (!bytes || bytes.length !== count * 9) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    positions: Float32Array.from({ length: 2 * count }, (_, i) => view.getFloat32(4 * i, true)),
    labels: bytes.slice(8 * count),
  };
}

/** A file's bytes as JSON; null where they are none. */
export function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
