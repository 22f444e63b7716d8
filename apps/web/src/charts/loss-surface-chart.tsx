'use client';

import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useFormat } from '#src/i18n/use-format.ts';
import { svgExports } from './chart-exports.ts';
import { ChartFrame } from './chart-frame.tsx';
import { drawnEnds } from './resolution.ts';

/** A slice of the loss surface through the last weights of a run, and the path of the weights in it. */
export interface SurfacePicture {
  readonly grid: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** [grid, grid]; row 0 is the lower end of y. Null where the loss was not a number. */
  readonly losses: readonly (number | null)[];
  readonly path: readonly { readonly step: number; readonly x: number; readonly y: number }[];
  readonly shares: readonly [number, number];
}

const SIDE = 300;
const BOX = { left: 60, right: 84, top: 12, bottom: 44 };
const WIDTH = BOX.left + SIDE + BOX.right;
const HEIGHT = BOX.top + SIDE + BOX.bottom;
const SHADES = 24;

/** The loss around the path of the weights; paler is lower. The scale is logarithmic where every loss is above 0. */
export function LossSurfaceChart({ title, surface }: { readonly title: string; readonly surface: SurfacePicture }) {
  const t = useTranslations('probes');
  const svg = useRef<SVGSVGElement>(null);
  const { grid, losses, path } = surface;
  const finite = losses.filter((loss): loss is number => loss !== null && Number.isFinite(loss));
  const [low, high] = drawnEnds(Math.min(...finite), Math.max(...finite));
  const logarithmic = low > 0;
  const scale = (loss: number) => (logarithmic ? Math.log(loss) : loss);
  const shade = (loss: number) => (high > low ? (scale(loss) - scale(low)) / (scale(high) - scale(low)) : 0);
  const cell = SIDE / grid;
  const [x, y] = [along(surface.x, BOX.left, SIDE), along(surface.y, BOX.top + SIDE, -SIDE)];
  const end = path.at(-1);
  return (
    <ChartFrame
      title={title}
      note={logarithmic ? t('surfaceNote') : t('surfaceLinear')}
      height={HEIGHT}
      exports={svgExports(() => svg.current)}
      numbers={() => ({
        columns: [t('step'), t('across'), t('up'), t('loss')],
        rows: path.map((point) => [point.step, point.x, point.y, nearestLoss(surface, point)]),
      })}
      allNumbers={() => ({
        columns: [t('across'), t('up'), t('loss')],
        rows: losses.map((loss, i) => [
          at(surface.x, i % grid, grid),
          at(surface.y, Math.floor(i / grid), grid),
          loss ?? Number.NaN,
        ]),
      })}
    >
      <svg
        ref={svg}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="xMinYMin meet"
        className="h-full max-w-full"
        fontSize="12"
        aria-hidden="true"
      >
        <g shapeRendering="crispEdges">
          {losses.map((loss, i) => (
            <rect
              key={i}
              x={BOX.left + (i % grid) * cell}
              y={BOX.top + SIDE - (Math.floor(i / grid) + 1) * cell}
              width={cell}
              height={cell}
              style={{ fill: loss === null ? 'var(--color-caution)' : colour(shade(loss)) }}
            />
          ))}
        </g>
        <polyline
          points={path.map((point) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`).join(' ')}
          fill="none"
          strokeWidth="3"
          strokeLinejoin="round"
          className="stroke-ground"
        />
        <polyline
          points={path.map((point) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`).join(' ')}
          fill="none"
          strokeWidth="1.5"
          strokeLinejoin="round"
          className="stroke-ink"
        />
        {end && <circle cx={x(end.x)} cy={y(end.y)} r="4" strokeWidth="1.5" className="fill-ink stroke-ground" />}
        <Axes surface={surface} />
        <ShadeScale low={low} high={high} />
      </svg>
    </ChartFrame>
  );
}

/** The two directions of the plane, with their ends and the share of the path's distances that each holds. */
function Axes({ surface }: { readonly surface: SurfacePicture }) {
  const t = useTranslations('probes');
  const { locale } = useFormat();
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
  const { shares } = surface;
  return (
    <>
      {[0, 0.5, 1].map((part) => {
        const value = (range: readonly [number, number]) => range[0] + part * (range[1] - range[0]);
        return (
          <g key={part} className="fill-muted">
            <text
              x={BOX.left + part * SIDE}
              y={BOX.top + SIDE + 18}
              textAnchor={part === 0 ? 'start' : part === 1 ? 'end' : 'middle'}
            >
              {short.format(value(surface.x))}
            </text>
            {part !== 0.5 && (
              <text x={BOX.left - 8} y={BOX.top + SIDE - part * (SIDE - 10)} textAnchor="end">
                {short.format(value(surface.y))}
              </text>
            )}
          </g>
        );
      })}
      <text x={BOX.left + SIDE / 2} y={HEIGHT - 6} textAnchor="middle" className="fill-muted">
        {t('acrossAxis', { share: percent.format(shares[0]) })}
      </text>
      <text transform={`translate(12 ${BOX.top + SIDE / 2}) rotate(-90)`} textAnchor="middle" className="fill-muted">
        {t('upAxis', { share: percent.format(shares[1]) })}
      </text>
    </>
  );
}

/** The losses that the shades stand for. */
function ShadeScale({ low, high }: { readonly low: number; readonly high: number }) {
  const t = useTranslations('probes');
  const { metric } = useFormat();
  return (
    <>
      {Array.from({ length: SHADES }, (_, i) => (
        <rect
          key={i}
          x={BOX.left + SIDE + 16}
          width="12"
          y={BOX.top + SIDE - ((i + 1) * SIDE) / SHADES}
          height={SIDE / SHADES + 0.5}
          style={{ fill: colour((i + 0.5) / SHADES) }}
        />
      ))}
      <g className="fill-muted">
        <text x={BOX.left + SIDE + 34} y={BOX.top + 10}>
          {metric(high)}
        </text>
        <text x={BOX.left + SIDE + 34} y={BOX.top + SIDE}>
          {metric(low)}
        </text>
        <text x={BOX.left + SIDE + 34} y={BOX.top + SIDE / 2 + 4}>
          {t('loss')}
        </text>
      </g>
    </>
  );
}

/** The colour of a share of the scale: even steps look even, from the page's background to its accent colour. */
const colour = (shade: number): string =>
  `color-mix(in oklab, var(--color-accent) ${(100 * Math.max(0, Math.min(1, shade))).toFixed(0)}%, var(--color-sunk))`;

const along =
  ([from, to]: readonly [number, number], start: number, length: number) =>
  (value: number) =>
    start + ((value - from) / (to - from)) * length;

const at = ([from, to]: readonly [number, number], i: number, grid: number) => from + ((to - from) * i) / (grid - 1);

function nearestLoss(
  { grid, x, y, losses }: SurfacePicture,
  point: { readonly x: number; readonly y: number },
): number {
  const column = Math.round(((point.x - x[0]) / (x[1] - x[0])) * (grid - 1));
  const row = Math.round(((point.y - y[0]) / (y[1] - y[0])) * (grid - 1));
  return losses[row * grid + column] ?? Number.NaN;
}
