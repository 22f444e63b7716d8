import type { Language } from '@whorl/core';
import type { Sharp } from 'sharp';

/** Pictures for screens with two pixels where CSS has one, and for paper: 144 pixels an inch. */
const DENSITY = 144;

/** Draws SVG as PNG with the fonts of this machine. */
export interface Painter {
  readonly paint: (svg: string) => Promise<Uint8Array>;
  /** Whether a font of this machine has Chinese characters. */
  readonly hasChinese: boolean;
}

/** Null where this machine cannot draw PNG: the library is an optional one, which not every platform has. */
export async function findPainter(): Promise<Painter | null> {
  try {
    const { default: sharp } = await import('sharp');
    const open = (svg: string): Sharp => sharp(Buffer.from(svg), { density: DENSITY });
    const paint = (svg: string): Promise<Uint8Array> =>
      open(svg).png({ compressionLevel: 9, palette: false }).withMetadata({ density: DENSITY }).toBuffer();
    return { paint, hasChinese: await drawsChinese(open) };
  } catch {
    return null;
  }
}

const SIDE = 40;
const MOST_ROWS = 6;

/**
 * Whether the character for one, a single stroke, comes out as one. Where no font has it, a box as high as the line stands in
 * its place.
 */
async function drawsChinese(open: (svg: string) => Sharp): Promise<boolean> {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><rect width="${SIDE}" height="${SIDE}" ` +
    `fill="#fff"/><text x="5" y="30" font-family="sans-serif" font-size="26">一</text></svg>`;
  const { data, info } = await open(svg).resize(SIDE, SIDE).greyscale().raw().toBuffer({ resolveWithObject: true });
  const rows = Array.from({ length: info.height }, (_, y) =>
    data.subarray(y * info.width * info.channels, (y + 1) * info.width * info.channels).some((value) => value < 160),
  ).filter(Boolean).length;
  return rows > 0 && rows <= MOST_ROWS;
}

/** The language of what stands in pictures: English where no font has Chinese, because boxes say nothing. */
export const lettering = (language: Language, { hasChinese }: Pick<Painter, 'hasChinese'>): Language =>
  language === 'zh' && !hasChinese ? 'en' : language;
