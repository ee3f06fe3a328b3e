/** The part of jStat that benchmarks and tests call; the package has no types. */
declare module 'jstat' {
  const jStat: {
    readonly chisquare: { inv(probability: number, degreesOfFreedom: number): number };
    readonly gamma: { cdf(x: number, shape: number, scale: number): number };
    corrcoeff(a: readonly number[], b: readonly number[]): number;
    sum(values: readonly number[]): number;
  };
  export default jStat;
}
