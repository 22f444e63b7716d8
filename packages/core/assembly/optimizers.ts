import { ma, ONE, the } from './math/constants';
import { arg, ofStep, ptr, splat } from './place';

// PyTorch's optimizers (core's train/optimizers.ts) over one vector of all parameters. The numbers that may differ from step to
// step are the last arguments, each with the bytes to the next step's: the learning rate, or what Adam makes of it. L2 is
// added to the gradient before anything else looks at it.

const ADAM_ONE_MINUS_BETA1: usize = memory.data<f32>([0.1]);
const ADAM_BETA2: usize = memory.data<f32>([0.999]);
const ADAM_ONE_MINUS_BETA2: usize = memory.data<f32>([0.001]);
const EPS: usize = memory.data<f32>([1e-8]);
const RMSPROP_ALPHA: usize = memory.data<f32>([0.99]);
const RMSPROP_REST: usize = memory.data<f32>([0.01]);
const ADAGRAD_EPS: usize = memory.data<f32>([1e-10]);

/** w -= lr (g + decay w): w, g, count, decay, lr, stride */
export function sgd(pc: usize): void {
  let w = ptr(pc, 0), g = ptr(pc, 1);
  const lr = v128.load_splat<f32>(ofStep(pc, 4)), decay = splat(pc, 3);
  for (const end = w + (<usize>arg(pc, 2) << 2); w < end; w += 16) {
    const v = v128.load(w);
    v128.store(w, f32x4.sub(v, f32x4.mul(ma(v128.load(g), v, decay), lr)));
    g += 16;
  }
}

/** b = momentum b + g; w -= lr b, or lr (g + momentum b): w, g, b, count, decay, momentum, Nesterov's, lr, stride */
export function momentum(pc: usize): void {
  let w = ptr(pc, 0), g = ptr(pc, 1), b = ptr(pc, 2);
  const lr = v128.load_splat<f32>(ofStep(pc, 7)), decay = splat(pc, 4), kept = splat(pc, 5), nesterov = arg(pc, 6);
  for (const end = w + (<usize>arg(pc, 3) << 2); w < end; w += 16) {
    const v = v128.load(w), gradient = ma(v128.load(g), v, decay);
    const buffer = ma(gradient, v128.load(b), kept);
    v128.store(b, buffer);
    v128.store(w, f32x4.sub(v, f32x4.mul(nesterov ? ma(gradient, buffer, kept) : buffer, lr)));
    g += 16; b += 16;
  }
}

/** s = alpha s + (1 - alpha) g^2; w -= lr g / (sqrt s + eps): w, g, s, count, decay, lr, stride */
export function rmsprop(pc: usize): void {
  let w = ptr(pc, 0), g = ptr(pc, 1), s = ptr(pc, 2);
  const lr = v128.load_splat<f32>(ofStep(pc, 5)), decay = splat(pc, 4);
  for (const end = w + (<usize>arg(pc, 3) << 2); w < end; w += 16) {
    const v = v128.load(w), gradient = ma(v128.load(g), v, decay);
    const square = ma(f32x4.mul(v128.load(s), the(RMSPROP_ALPHA)), f32x4.mul(gradient, gradient), the(RMSPROP_REST));
    v128.store(s, square);
    v128.store(w, f32x4.sub(v, f32x4.mul(f32x4.div(gradient, f32x4.add(f32x4.sqrt(square), the(EPS))), lr)));
    g += 16; s += 16;
  }
}

/** s += g^2; w -= lr g / (sqrt s + eps): w, g, s, count, decay, lr, stride */
export function adagrad(pc: usize): void {
  let w = ptr(pc, 0), g = ptr(pc, 1), s = ptr(pc, 2);
  const lr = v128.load_splat<f32>(ofStep(pc, 5)), decay = splat(pc, 4);
  for (const end = w + (<usize>arg(pc, 3) << 2); w < end; w += 16) {
    const v = v128.load(w), gradient = ma(v128.load(g), v, decay), sum = ma(v128.load(s), gradient, gradient);
    v128.store(s, sum);
    v128.store(w, f32x4.sub(v, f32x4.mul(f32x4.div(gradient, f32x4.add(f32x4.sqrt(sum), the(ADAGRAD_EPS))), lr)));
    g += 16; s += 16;
  }
}

/**
 * w, g, m, v, count, decay, beside: 1 where the decay stands beside the gradient, as in AdamW; lr / correction of m, stride,
 * root of the correction of v, stride; with `beside` what the weights are multiplied by, stride
 */
export function adam(pc: usize): void {
  let w = ptr(pc, 0), g = ptr(pc, 1), m = ptr(pc, 2), v = ptr(pc, 3);
  const decay = splat(pc, 5), beside = arg(pc, 6);
  const size = v128.load_splat<f32>(ofStep(pc, 7)), perRoot = f32x4.div(the(ONE), v128.load_splat<f32>(ofStep(pc, 9)));
  const left = beside ? v128.load_splat<f32>(ofStep(pc, 11)) : the(ONE);
  for (const end = w + (<usize>arg(pc, 4) << 2); w < end; w += 16) {
    const before = v128.load(w), gradient = ma(v128.load(g), before, decay), m0 = v128.load(m);
    const m1 = ma(m0, f32x4.sub(gradient, m0), the(ADAM_ONE_MINUS_BETA1));
    const square = f32x4.mul(gradient, gradient);
    const v1 = ma(f32x4.mul(v128.load(v), the(ADAM_BETA2)), square, the(ADAM_ONE_MINUS_BETA2));
    v128.store(m, m1);
    v128.store(v, v1);
    const denominator = ma(the(EPS), f32x4.sqrt(v1), perRoot);
    v128.store(w, f32x4.sub(f32x4.mul(before, left), f32x4.mul(f32x4.div(m1, denominator), size)));
    g += 16; m += 16; v += 16;
  }
}
