import { exp, expm1OfNegative, expOfNegative } from './math/exponential';
import { bell, geluSlope, phi } from './math/gaussian';
import { log, log1p } from './math/logarithm';
import { sigmoid, softplus, tanh } from './math/sigmoids';

export { run } from './program';

/** The first byte of memory that nothing here needs. */
export const free: usize = __heap_base;

/** An elementary function of n floats, n a multiple of 4: for those who test its error. */
export function apply(name: i32, x: usize, y: usize, n: i32): void {
  for (const end = x + (<usize>n << 2); x < end; x += 16) {
    const v = v128.load(x);
    let r = v;
    if (name == 0) r = exp(v);
    else if (name == 1) r = expOfNegative(v);
    else if (name == 2) r = expm1OfNegative(v);
    else if (name == 3) r = log(v);
    else if (name == 4) r = log1p(v);
    else if (name == 5) r = tanh(v);
    else if (name == 6) r = sigmoid(v);
    else if (name == 7) r = softplus(v);
    else if (name == 8) r = phi(v, bell(v));
    else if (name == 9) r = geluSlope(v, bell(v), phi(v, bell(v)));
    v128.store(y, r);
    y += 16;
  }
}
