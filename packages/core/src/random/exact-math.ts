// Elementary functions made of additions, multiplications and square roots only. IEEE 754 fixes these to the last bit,
// while Math.sin, Math.cos, Math.log and ** may differ between JavaScript engines: data and learning rates made with
// these functions are the same everywhere. Polynomials and reductions are those of FreeBSD's msun (fdlibm): k_sin.c,
// k_cos.c, e_log.c; the error stays below 1 ulp in the ranges used here.

const PI_2_HIGH = 1.5707963267341256; // first 33 bits of pi/2
const PI_2_MIDDLE = 6.077100506303966e-11; // next 33 bits
const PI_2_LOW = 2.0222662487959506e-21; // the rest

/** sin of `x` in [-pi/4, pi/4]; `tail` is the part of the argument below one ulp of `x`. */
function sinKernel(x: number, tail: number): number {
  const z = x * x;
  const r =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 +
        z * (0.0000027557313707070068 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  const v = z * x;
  return x - (z * (0.5 * tail - v * r) - tail - v * -0.16666666666666632);
}

/** cos of `x` in [-pi/4, pi/4]; `tail` as in {@link sinKernel}. */
function cosKernel(x: number, tail: number): number {
  const z = x * x;
  const w = z * z;
  const r =
    z * (0.0416666666666666 + z * (-0.001388888888887411 + z * 0.00002480158728947673)) +
    w * w * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11));
  const half = 0.5 * z;
  const whole = 1 - half;
  return whole + (1 - whole - half + (z * r - x * tail));
}

/** `x` less the nearest multiple of pi/2, as a sum of two doubles, and the quadrant. Valid for |x| < 1e5. */
function reduce(x: number): { quadrant: number; high: number; low: number } {
  const n = Math.round(x / (Math.PI / 2));
  const first = x - n * PI_2_HIGH;
  const second = n * PI_2_MIDDLE;
  const rest = first - second;
  const tail = n * PI_2_LOW - (first - rest - second);
  const high = rest - tail;
  return { quadrant: ((n % 4) + 4) % 4, high, low: rest - high - tail };
}

/** Sine of `x` radians, |x| < 1e5. */
export function sin(x: number): number {
  const { quadrant, high, low } = reduce(x);
  const value = quadrant % 2 === 0 ? sinKernel(high, low) : cosKernel(high, low);
  return quadrant < 2 ? value : -value;
}

/** Cosine of `x` radians, |x| < 1e5. */
export function cos(x: number): number {
  const { quadrant, high, low } = reduce(x);
  const value = quadrant % 2 === 0 ? cosKernel(high, low) : sinKernel(high, low);
  return quadrant === 0 || quadrant === 3 ? value : -value;
}

/** Natural logarithm of a normal number `x` > 0. */
export function log(x: number): number {
  let k = 0;
  let m = x;
  while (m >= Math.SQRT2) {
    m /= 2;
    k += 1;
  }
  while (m < Math.SQRT1_2) {
    m *= 2;
    k -= 1;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const r = even + odd;
  const half = 0.5 * f * f;
  return k * 0.6931471803691238 - (half - (s * (half + r) + k * 1.9082149292705877e-10) - f);
}

/** `base` to the power of a whole number `n` >= 0, by repeated squaring; the relative error stays below n ulp. */
export function wholePower(base: number, n: number): number {
  let result = 1;
  let square = base;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
