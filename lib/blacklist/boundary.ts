import { gammaP, gammaQ, gammaQuantile } from './gamma.ts';

/** Steps of the grid per unit of √shape. */
const STEPS = 64;
/** Cells of the grid; shapes above a million are decided one by one. */
const CELLS = 1000 * STEPS;
/** So are shapes below 1/64, whose quantiles may be too small for a number. */
const FIRST_CELL = 8;
/** Relative precision of the grid's quantiles. */
const PRECISION = 1e-4;

/**
 * Which side of a confidence a Gamma(shape, 1) variable lies on at x, for very many rows.
 *
 * The quantile grows with the shape. So the quantiles at the two ends of a shape's cell decide all rows
 * but those between them, and the gamma function itself decides these. Cells are computed when first
 * met: a campaign's placements share few.
 *
 * @param confidence 0.5–1
 */
export function createBoundaries(confidence: number) {
  const cutAt = createGrid(confidence);
  const keptAt = createGrid(1 - confidence);
  return {
    /** Is P(shape, x) at least the confidence? */
    isBelow(shape: number, x: number): boolean {
      const side = cutAt(shape, x);
      return side === 0 ? gammaP(shape, x) >= confidence : side > 0;
    },
    /** Is Q(shape, x) at least the confidence? */
    isAbove(shape: number, x: number): boolean {
      const side = keptAt(shape, x);
      return side === 0 ? gammaQ(shape, x) >= confidence : side < 0;
    },
  };
}

/** 1 = x is above the shape's quantile, −1 = below, 0 = too near to tell. */
function createGrid(probability: number): (shape: number, x: number) => number {
  const quantiles = new Float64Array(CELLS + 1).fill(Number.NaN);
  const quantileAt = (cell: number): number => {
    let quantile = quantiles[cell] ?? Number.NaN;
    if (Number.isNaN(quantile)) {
      quantile = gammaQuantile((cell / STEPS) ** 2, probability, PRECISION);
      quantiles[cell] = quantile;
    }
    return quantile;
  };
  return (shape, x) => {
    const cell = Math.floor(Math.sqrt(shape) * STEPS);
    if (!(cell >= FIRST_CELL && cell < CELLS)) return 0;
    if (x > quantileAt(cell + 1)) return 1;
    return x < quantileAt(cell) * (1 - PRECISION) ? -1 : 0;
  };
}
