import type { Watched } from './network.ts';
import { type MemoryPlan, type Part, ROWS, WORD } from './plan.ts';
import type { Program } from './program.ts';

interface Size {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** The layout of pictures: [panel][channel][row][column][8], with columns of zeros left and right of each row. */
export interface PictureLayout extends Size, Omit<Watched, 'at'> {
  /** Columns of zeros on each side. */
  readonly padding: number;
  /** The bytes from the start of a panel to the first column. */
  readonly first: number;
}

const COLUMN = ROWS * WORD;

export function pictureLayout({ channels, height, width }: Size, padding: number): PictureLayout {
  const row = (width + 2 * padding) * COLUMN;
  const channel = row * height;
  return { channels, height, width, padding, first: padding * COLUMN, row, channel, panel: channel * channels };
}

/** Pictures of a block in memory. */
export interface Pictures {
  readonly layout: PictureLayout;
  readonly part: Part;
  /** The address of the first column of the first row of the first channel. */
  readonly at: number;
  clearMargins(program: Program): void;
}

export function planPictures(plan: MemoryPlan, size: Size, padding: number, panels: number): Pictures {
  const layout = pictureLayout(size, padding);
  const part = plan.words((panels * layout.panel) / WORD);
  return {
    layout,
    part,
    at: part.at + layout.first,
    clearMargins: (program) =>
      program.op('clearMargins', part.at, size.channels * size.height, layout.row, layout.panel, size.width, padding),
  };
}
