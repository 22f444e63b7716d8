import type { Theme } from '#src/ui/use-theme.ts';
import { classColour, css, groundColour } from './classes.ts';

/** One picture of a decision boundary: [grid, grid, classes] probabilities times 255. */
export interface Picture {
  readonly grid: number;
  readonly classes: number;
  readonly extent: number;
  readonly probabilities: Uint8Array;
}

/** Training points: x0, y0, x1, y1... and the class of each. */
export interface PointCloud {
  readonly positions: Float32Array;
  readonly labels: Uint8Array;
}

const TINT = 0.62;

/** Colours every cell by its probabilities: the class decides the colour, and an uncertain cell is paler. */
export function picturePixels({ grid, classes, probabilities }: Picture, theme: Theme): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(grid * grid * 4);
  const colours = Array.from({ length: classes }, (_, c) => classColour(theme, c));
  const ground = groundColour(theme);
  for (let cell = 0; cell < grid * grid; cell++) {
    let most = 0;
    const mix: [number, number, number] = [0, 0, 0];
    for (let c = 0; c < classes; c++) {
      const p = (probabilities[cell * classes + c] ?? 0) / 255;
      most = Math.max(most, p);
      const colour = colours[c] as readonly [number, number, number];
      for (let i = 0; i < 3; i++) mix[i] = (mix[i] as number) + p * (colour[i] as number);
    }
    // 0 at chance level, 1 at certainty.
    const sure = classes > 1 ? Math.max(0, (most - 1 / classes) / (1 - 1 / classes)) : 1;
    const tint = TINT * (0.25 + 0.75 * sure);
    for (let i = 0; i < 3; i++) pixels[4 * cell + i] = (ground[i] as number) * (1 - tint) + (mix[i] as number) * tint;
    pixels[4 * cell + 3] = 255;
  }
  return pixels;
}

/** Paints a picture and the points over it; the canvas keeps its size. */
export function paintBoundary(
  canvas: HTMLCanvasElement,
  picture: Picture | null,
  points: PointCloud | null,
  theme: Theme,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const size = canvas.width;
  context.fillStyle = css(groundColour(theme));
  context.fillRect(0, 0, size, size);
  if (!picture) return;
  const small = document.createElement('canvas');
  small.width = picture.grid;
  small.height = picture.grid;
  small.getContext('2d')?.putImageData(new ImageData(picturePixels(picture, theme), picture.grid, picture.grid), 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(small, 0, 0, size, size);
  if (points) paintPoints(context, points, picture.extent, size, theme);
}

/** With fewer points than this each is drawn larger: they cover little of the picture. */
const FEW_POINTS = 300;

/** Paints points on a square of `size` pixels that covers [-extent, extent] in both directions. */
export function paintPoints(
  context: CanvasRenderingContext2D,
  points: PointCloud,
  extent: number,
  size: number,
  theme: Theme,
): void {
  const radius = Math.max(1, size / 360) * (points.labels.length < FEW_POINTS ? 1.75 : 1);
  const classes = [...new Set(points.labels)];
  for (const c of classes) {
    context.beginPath();
    points.labels.forEach((label, i) => {
      if (label !== c) return;
      const x = (((points.positions[2 * i] as number) / extent + 1) / 2) * size;
      const y = ((1 - (points.positions[2 * i + 1] as number) / extent) / 2) * size;
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    });
    context.fillStyle = css(classColour(theme, c));
    context.strokeStyle = theme === 'light' ? 'rgb(255 255 255 / 0.7)' : 'rgb(0 0 0 / 0.55)';
    context.lineWidth = radius / 1.5;
    context.stroke();
    context.fill();
  }
}
