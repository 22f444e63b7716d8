/** What of jStat is used here. */
declare module 'jstat' {
  const jStat: {
    readonly studentt: { inv(p: number, df: number): number };
    /** The regularised incomplete beta function. */
    ibeta(x: number, a: number, b: number): number;
  };
  export default jStat;
}
