/** A figure drawn from the record. Its id names its file. */
export interface Figure {
  /** `spiral-accuracy` */
  readonly id: string;
  /** What it shows, in a few words: the title in the picture, and its alternative text. */
  readonly title: string;
  /** What a reader must know, below the picture. */
  readonly caption: string;
  /** A whole SVG document. */
  readonly svg: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}
