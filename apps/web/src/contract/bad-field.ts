/** A field of the address that could not be read. */
export interface BadField {
  readonly name: string;
  readonly came: string;
  readonly expected: string;
}
