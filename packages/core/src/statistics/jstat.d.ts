/** The part of jStat that is used here. */
declare module 'jstat' {
  const jStat: {
    readonly studentt: { inv(p: number, df: number): number };
    readonly chisquare: { inv(p: number, df: number): number };
    readonly normal: { cdf(x: number, mean: number, sd: number): number };
    /** The logarithm of the gamma function. */
    gammaln(x: number): number;
    /** The regularised incomplete beta function. */
    ibeta(x: number, a: number, b: number): number;
  };
  export default jStat;
}
