'use client';

import { formatNumber } from '@whorl/core';
import type { LayerOutput } from '@whorl/core/trainer';
import { memo, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { sequential } from '#src/charts/sequential.ts';
import { type MapSheet, mapSheet } from '../model/map-sheet.ts';

/** Pixels of a place, by the side of a picture: small ones are enlarged most. */
const scaleOf = ({ width }: LayerOutput): number => (width === 1 ? 8 : width < 12 ? 3.5 : width < 20 ? 2.5 : 2);

/** What comes out of every hidden layer for one digit, from the input on. */
export const FeatureMaps = memo(function FeatureMaps({ layers }: { readonly layers: readonly LayerOutput[] }) {
  const t = useTranslations('labs.digits');
  return (
    <ol className="grid gap-4">
      {layers.map((layer, i) => {
        const sheet = mapSheet(layer);
        const { channels, width, height } = layer;
        const name =
          width === 1
            ? t('units', { layer: String(i + 1), channels })
            : t('maps', { layer: String(i + 1), channels, width, height });
        const range = t('range', { least: formatNumber(sheet.least), most: formatNumber(sheet.most) });
        return (
          <li key={i} className="min-w-0">
            <p className="mb-1 text-small text-muted">
              {name} <span className="whitespace-nowrap">{range}</span>
            </p>
            <Sheet sheet={sheet} label={`${name} ${range}`} scale={scaleOf(layer)} />
          </li>
        );
      })}
    </ol>
  );
});

interface SheetProps {
  readonly sheet: MapSheet;
  readonly label: string;
  readonly scale: number;
}

function Sheet({ sheet, label, scale }: SheetProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, shares } = sheet;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const pixels = new Uint8ClampedArray(4 * shares.length);
    for (const [i, share] of shares.entries()) if (!Number.isNaN(share)) pixels.set([...sequential(share), 255], 4 * i);
    context.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [shares, width, height]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      role="img"
      aria-label={label}
      className="max-w-full [image-rendering:pixelated]"
      style={{ width: width * scale, aspectRatio: `${width} / ${height}` }}
    />
  );
}
