'use client';

import { useEffect, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { classColour, css, groundColour } from '#src/charts/classes.ts';
import { useWidth } from '#src/charts/use-width.ts';
import { type Theme, useTheme } from '#src/ui/use-theme.ts';
import { type NetworkFrame, networkLayout, UNIT_GRID, weightLines } from '../model/network-drawing.ts';

interface Props {
  readonly network: NetworkFrame;
  readonly step: number;
}

/** Canvas pixels a pixel. */
const SHARP = 2;
/** The colours of what is below and above 0: those of the first two classes. */
const [BELOW, ABOVE] = [0, 1];

/** The network: what each unit gives over the plane, and its weights as lines. */
export function NetworkPicture({ network, step }: Props) {
  const t = useTranslations('labs.network');
  const theme = useTheme();
  const [host, width] = useWidth(600);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { widths } = network;
  const shape = widths.join(' ');
  const layout = useMemo(() => networkLayout(shape.split(' ').map(Number), width), [shape, width]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.setTransform(SHARP, 0, 0, SHARP, 0, 0);
    context.clearRect(0, 0, width, layout.height);
    paintLines(context, network, layout, theme);
    paintUnits(context, network, layout, theme);
  }, [network, layout, width, theme]);
  return (
    <figure className="min-w-0">
      <figcaption className="mb-3 text-small text-muted">{t('note')}</figcaption>
      <div ref={host} className="overflow-hidden">
        <canvas
          ref={canvas}
          role="img"
          aria-label={t('alt', {
            step: String(step),
            hidden: widths.slice(1, -1).join(', ') || '–',
            classes: String(widths.at(-1)),
          })}
          width={SHARP * width}
          height={SHARP * layout.height}
          style={{ width, height: layout.height }}
          className="block"
        />
      </div>
    </figure>
  );
}

type Layout = ReturnType<typeof networkLayout>;

function paintLines(context: CanvasRenderingContext2D, network: NetworkFrame, { columns, size }: Layout, theme: Theme) {
  const colours = [BELOW, ABOVE].map((c) => css(classColour(theme, c)));
  for (const { column, from, to, isPositive, share } of weightLines(network)) {
    const [start, end] = [columns[column]?.[from], columns[column + 1]?.[to]];
    if (!start || !end) continue;
    const [x0, x1] = [start.x + size / 2, end.x - size / 2];
    context.globalAlpha = 0.1 + 0.75 * share;
    context.lineWidth = 0.5 + 2.5 * share;
    context.strokeStyle = colours[isPositive ? ABOVE : BELOW] as string;
    context.beginPath();
    context.moveTo(x0, start.y);
    context.bezierCurveTo((x0 + x1) / 2, start.y, (x0 + x1) / 2, end.y, x1, end.y);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** All pictures stand below each other on a canvas that nobody sees, and are put into their places from there. */
function paintUnits(context: CanvasRenderingContext2D, network: NetworkFrame, layout: Layout, theme: Theme) {
  const { pictures, widths } = network;
  const places = UNIT_GRID * UNIT_GRID;
  const all = document.createElement('canvas');
  all.width = UNIT_GRID;
  all.height = (UNIT_GRID * pictures.length) / places;
  const pixels = new ImageData(unitPixels(network, theme), all.width, all.height);
  all.getContext('2d')?.putImageData(pixels, 0, 0);
  const { size, columns } = layout;
  context.strokeStyle = theme === 'light' ? 'rgb(0 0 0 / 0.35)' : 'rgb(255 255 255 / 0.4)';
  context.lineWidth = 1;
  let row = 0;
  for (const [column, units] of widths.entries())
    for (let unit = 0; unit < units; unit++) {
      const place = columns[column]?.[unit];
      if (!place) continue;
      const [x, y] = [place.x - size / 2, place.y - size / 2];
      context.drawImage(all, 0, row * UNIT_GRID, UNIT_GRID, UNIT_GRID, x, y, size, size);
      context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
      row += 1;
    }
}

/** The colours of all places of all pictures: from the ground to one of two colours, or to that of the class. */
function unitPixels({ pictures, widths }: NetworkFrame, theme: Theme): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * pictures.length);
  const ground = groundColour(theme);
  const places = UNIT_GRID * UNIT_GRID;
  const first = pictures.length - (widths.at(-1) ?? 0) * places;
  for (let at = 0; at < pictures.length; at++) {
    const value = pictures[at] as number;
    const ofClass = at >= first;
    const share = ofClass ? value / 255 : Math.abs(value - 128) / 127;
    const colour = classColour(theme, ofClass ? Math.floor((at - first) / places) : value > 128 ? ABOVE : BELOW);
    for (let i = 0; i < 3; i++)
      pixels[4 * at + i] = (ground[i] as number) * (1 - share) + (colour[i] as number) * share;
    pixels[4 * at + 3] = 255;
  }
  return pixels;
}
