import { N0, N1, N2, N3, N4 } from '../numbers';
import { arg, ofBlock, panels, ptr } from '../place';
import { tile } from './tile';

// @ts-ignore: decorator
@inline function densePanels<TRELU>(pc: usize): void {
  let x = ofBlock(pc, 0), w = ptr(pc, 2), b = ptr(pc, 3), y = ptr(pc, 4);
  const K = arg(pc, 5), N = arg(pc, 6), ws = <usize>K << 4;
  for (let p = 0; p < panels; p++) {
    let wp = w, bp = b, n = N;
    while (n >= 4) { tile<N4, TRELU>(wp, x, y, bp, K, 0, 0); wp += ws; bp += 16; y += 128; n -= 4; }
    if (n == 3) tile<N3, TRELU>(wp, x, y, bp, K, 0, 0);
    else if (n == 2) tile<N2, TRELU>(wp, x, y, bp, K, 0, 0);
    else if (n == 1) tile<N1, TRELU>(wp, x, y, bp, K, 0, 0);
    y += <usize>n << 5;
    x += <usize>K << 5;
  }
}

/** x, stride, w, b, y, K, N */
export function dense(pc: usize): void { densePanels<N0>(pc); }
export function denseRelu(pc: usize): void { densePanels<N1>(pc); }
