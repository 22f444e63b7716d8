import type { Digits } from './mnist.ts';

/** The bytes of a file and their SHA-256, as 64 hexadecimal digits. */
export interface CsvFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/**
 * Where data come from that a config only names. Core's entry for Node has such sources; a page has to bring its own.
 */
export interface DataSources {
  /** A whole file, by its path. @throws CsvError for what is not a file, cannot be read or is too large */
  readonly csv: (path: string) => Promise<CsvFile>;
  /** The 10,000 MNIST digits of LeCun et al. 1998. */
  readonly mnist: () => Promise<Digits>;
}
