/** A bench cannot be run as it was asked for: the message says why. */
export class BenchError extends Error {}
