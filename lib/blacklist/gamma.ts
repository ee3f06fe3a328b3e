/**
 * Regularised incomplete gamma functions: the probabilities that a Gamma(a, 1) variable is below
 * (`gammaP`) and above (`gammaQ`) x.
 *
 * Series for x < a + 1, continued fraction (modified Lentz) otherwise, both to a relative 1e-13.
 * Each function computes the smaller tail directly, so neither loses digits to a subtraction from 1.
 * Abramowitz & Stegun 6.5.29 and 6.5.31.
 *
 * @param a shape, above 0
 * @param x 0 or more
 */
export function gammaP(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return Number.NaN;
  if (x === 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  return x < a + 1 ? density(a, x) * series(a, x) : 1 - density(a, x) * fraction(a, x);
}

/** The upper tail, 1 − `gammaP`. */
export function gammaQ(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return Number.NaN;
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < a + 1 ? 1 - density(a, x) * series(a, x) : density(a, x) * fraction(a, x);
}

/** x^a · e^−x ÷ Γ(a). */
const density = (a: number, x: number): number => Math.exp(a * Math.log(x) - x - logGammaOf(a));

/** Shapes repeat from one placement to the next. */
let lastShape = Number.NaN;
let lastLogGamma = 0;
function logGammaOf(a: number): number {
  if (a !== lastShape) {
    lastLogGamma = logGamma(a);
    lastShape = a;
  }
  return lastLogGamma;
}

const EPSILON = 1e-13;

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; term > sum * EPSILON; step++) {
    term *= x / (a + step);
    sum += term;
  }
  return sum;
}

/** For x ≥ a + 1 neither `c` nor 1 ÷ `d` comes near 0, which general continued fractions must guard against. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let value = d;
  let change = 0;
  for (let step = 1; Math.abs(change - 1) > EPSILON; step++) {
    const factor = step * (a - step);
    b += 2;
    d = 1 / (factor * d + b);
    c = b + factor / c;
    change = d * c;
    value *= change;
  }
  return value;
}

/** Lanczos coefficients, g = 607/128, n = 15 (Godfrey): relative error below 1e-14. */
const LANCZOS = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746,
  -0.4919138160976202, 3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5,
  0.0001580887032249125, -0.00021026444172410488, 0.00021743961811521265, -0.0001643181065367639,
  8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
];

/** Natural logarithm of the gamma function, for x above 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  let sum = LANCZOS[0] ?? 0;
  for (let index = 1; index < LANCZOS.length; index++) {
    sum += (LANCZOS[index] ?? 0) / (shifted + index);
  }
  const t = shifted + 607 / 128 + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Quantiles of small shapes may be too small for a number. */
const SMALLEST = 1e-300;

/**
 * x at which `gammaP(a, x)` reaches a probability: bisection, which needs no first guess to be good.
 *
 * @param a shape, above 0
 * @param probability above 0 and below 1
 * @param precision relative; what is returned is too high by at most that
 */
export function gammaQuantile(a: number, probability: number, precision = 1e-12): number {
  const below = (x: number): boolean =>
    probability < 0.5 ? gammaP(a, x) < probability : gammaQ(a, x) > 1 - probability;
  let low = 0;
  let high = a + 1;
  while (below(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > precision * high && high > SMALLEST) {
    const middle = (low + high) / 2;
    if (below(middle)) low = middle;
    else high = middle;
  }
  return high;
}
