import type { LayerOutput } from '@whorl/core/trainer';

/** What comes out of a layer as one sheet: each channel a tile, tiles side by side with a gap of one place between them. */
export interface MapSheet {
  readonly width: number;
  readonly height: number;
  /** Shares of the layer's range, [height, width]; NaN between the tiles. */
  readonly shares: Float32Array;
  readonly least: number;
  readonly most: number;
}

/** Tiles of a row: of pictures a few, of single units many. */
const columnsOf = ({ channels, width }: LayerOutput): number => {
  if (width === 1) return Math.min(channels, 30);
  return channels <= 8 ? channels : channels % 8 === 0 ? 8 : 6;
};

export function mapSheet(layer: LayerOutput): MapSheet {
  const { channels, height, width, values } = layer;
  const columns = columnsOf(layer);
  const [down, across] = [height + 1, width + 1];
  const sheet = { width: columns * across - 1, height: Math.ceil(channels / columns) * down - 1 };
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const range = most - least || 1;
  const shares = new Float32Array(sheet.width * sheet.height).fill(Number.NaN);
  for (const [at, value] of values.entries()) {
    const channel = Math.floor(at / (height * width));
    const [row, column] = [Math.floor(at / width) % height, at % width];
    const y = Math.floor(channel / columns) * down + row;
    const x = (channel % columns) * across + column;
    shares[y * sheet.width + x] = (value - least) / range;
  }
  return { ...sheet, shares, least, most };
}
