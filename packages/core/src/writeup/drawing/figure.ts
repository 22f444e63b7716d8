/** A drawing of the record. Its file is called by its id. */
export interface Figure {
  /** `spiral-accuracy` */
  readonly id: string;
  /** What it shows, in a few words: the title in the picture and its alternative text. */
  readonly title: string;
  /** What is to be known to read it, below it. */
  readonly caption: string;
  /** A whole SVG document. */
  readonly svg: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}
