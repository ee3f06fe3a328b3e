/** The part of jStat that the benchmark calls; the package has no types. */
declare module 'jstat' {
  const jStat: {
    readonly gamma: { cdf(x: number, shape: number, scale: number): number };
  };
  export default jStat;
}
