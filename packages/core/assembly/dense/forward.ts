import { N0, N1, N2, N3, N4 } from '../numbers';
import { arg, ofBlock, panels, ptr } from '../place';
import { activeFeatures, activeKernel, countOf } from './active';
import { tile } from './tile';

// @ts-ignore: decorator
@inline function densePanels<TRELU>(pc: usize): void {
  let x = ofBlock(pc, 0), w = ptr(pc, 2), b = ptr(pc, 3), y = ptr(pc, 4);
  const K = arg(pc, 5), N = arg(pc, 6), list = ptr(pc, 7), sparse = list && countOf(list) < K;
  const count = sparse ? countOf(list) : K, ws = <usize>count << 4;
  const features = ptr(pc, 8), some = features + (<usize>count << 5);
  if (sparse) { activeKernel(w, some, K, N, list); w = some; }
  for (let p = 0; p < panels; p++) {
    if (sparse) activeFeatures(x, features, list);
    const xp = sparse ? features : x;
    let wp = w, bp = b, n = N;
    while (n >= 4) { tile<N4, TRELU>(wp, xp, y, bp, count, 0, 0); wp += ws; bp += 16; y += 128; n -= 4; }
    if (n == 3) tile<N3, TRELU>(wp, xp, y, bp, count, 0, 0);
    else if (n == 2) tile<N2, TRELU>(wp, xp, y, bp, count, 0, 0);
    else if (n == 1) tile<N1, TRELU>(wp, xp, y, bp, count, 0, 0);
    y += <usize>n << 5;
    x += <usize>K << 5;
  }
}

/** x, stride, w, b, y, K, N, the list of active inputs or 0, scratch [K][8 + N] */
export function dense(pc: usize): void { densePanels<N0>(pc); }
export function denseRelu(pc: usize): void { densePanels<N1>(pc); }
