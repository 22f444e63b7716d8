import { checkerboard } from './checkerboard.ts';
import { circles } from './circles.ts';
import { csv } from './csv.ts';
import { gaussians } from './gaussians.ts';
import { mnist } from './mnist.ts';
import { moons } from './moons.ts';
import { spiral } from './spiral.ts';
import { xor } from './xor.ts';

/** A new data set is one file, and one line here. */
export const DATA_SETS = {
  spiral,
  moons,
  circles,
  xor,
  gaussians,
  checkerboard,
  mnist,
  csv,
} as const;
