import { logGamma } from '../blacklist/gamma.ts';

/**
 * Pr(X ≥ k) for X ~ Binomial(n, p), as the regularised incomplete beta function I_p(k, n − k + 1):
 * neither k nor n need be whole. Abramowitz & Stegun 26.5.24.
 */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return betaI(p, k, n - k + 1);
}

/** The continued fraction of A & S 26.5.8 converges fast below the mean; above it, the other tail does. */
function betaI(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const scale = logGamma(a + b) - logGamma(a) - logGamma(b);
  const front = Math.exp(scale + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front / a) * fraction(x, a, b)
    : 1 - (front / b) * fraction(1 - x, b, a);
}

const EPSILON = 1e-13;
/** In place of a denominator of 0. */
const TINY = 1e-300;
/** About √max(a, b) steps are needed: enough for 10¹¹ events. */
const MOST_STEPS = 1_000_000;

/** Modified Lentz. */
function fraction(x: number, a: number, b: number): number {
  const apart = (value: number) => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1));
  let value = d;
  const step = (factor: number): number => {
    d = 1 / apart(1 + factor * d);
    c = apart(1 + factor / c);
    value *= c * d;
    return Math.abs(c * d - 1);
  };
  for (let m = 1; m < MOST_STEPS; m++) {
    step((m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)));
    const change = step((-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)));
    if (change < EPSILON) break;
  }
  return value;
}
