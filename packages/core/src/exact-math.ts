// Elementary functions from additions, multiplications and square roots alone. IEEE 754 fixes those to the
// last bit, while Math.sin, Math.cos and Math.log may differ between JavaScript engines: data drawn with these
// is the same everywhere. Polynomials and reductions are those of FreeBSD's msun (fdlibm): k_sin.c, k_cos.c,
// e_log.c; the error stays below 1 ulp in the ranges used here.

const PI_2_HIGH = 1.57079632673412561417; // first 33 bits of pi/2
const PI_2_MIDDLE = 6.0771005063039661776e-11; // next 33 bits
const PI_2_LOW = 2.02226624879595063154e-21; // the rest

/** sin of `x` in [-pi/4, pi/4]; `tail` is the part of the argument below one ulp of `x`. */
function sinKernel(x: number, tail: number): number {
  const z = x * x;
  const r =
    8.33333333332248946124e-3 +
    z * (-1.98412698298579493134e-4 + z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  const v = z * x;
  return x - (z * (0.5 * tail - v * r) - tail - v * -1.66666666666666324348e-1);
}

/** cos of `x` in [-pi/4, pi/4]; `tail` as in {@link sinKernel}. */
function cosKernel(x: number, tail: number): number {
  const z = x * x;
  const w = z * z;
  const r =
    z * (4.16666666666666019037e-2 + z * (-1.38888888888741095749e-3 + z * 2.48015872894767294178e-5)) +
    w * w * (-2.75573143513906633035e-7 + z * (2.08757232129817482790e-9 + z * -1.13596475577881948265e-11));
  const half = 0.5 * z;
  const whole = 1 - half;
  return whole + (1 - whole - half + (z * r - x * tail));
}

/** `x` less the nearest multiple of pi/2, as a sum of two doubles, and which quadrant that was. Good to |x| < 1e5. */
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
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z * (6.666666666666735130e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const r = even + odd;
  const half = 0.5 * f * f;
  return k * 6.93147180369123816490e-1 - (half - (s * (half + r) + k * 1.90821492927058770002e-10) - f);
}
