/** A bench cannot be run as requested: the message says why. */
export class BenchError extends Error {}
