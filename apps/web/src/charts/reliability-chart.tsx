'use client';

import type { Calibration } from '@whorl/core';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useFormat } from '#src/i18n/use-format.ts';
import { svgExports } from './chart-exports.ts';
import { ChartFrame } from './chart-frame.tsx';

const SIZE = 320;
const BOX = { left: 56, right: 12, top: 12, bottom: 44 };
const COUNTS = 40;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** How often a network is right at each level of confidence: a bar for each bin, and the diagonal of perfect calibration. */
export function ReliabilityChart({
  title,
  calibration,
  isBrief = false,
}: {
  readonly title: string;
  readonly calibration: Calibration;
  /** Without the sentences that say how it is read. */
  readonly isBrief?: boolean;
}) {
  const t = useTranslations('probes');
  const { metric, locale } = useFormat();
  const svg = useRef<SVGSVGElement>(null);
  const { bins, ece } = calibration;
  const share = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const side = SIZE - BOX.left - BOX.right;
  const bottom = BOX.top + side;
  const x = (value: number) => BOX.left + value * side;
  const y = (value: number) => bottom - value * side;
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const height = bottom + COUNTS + BOX.bottom;
  return (
    <ChartFrame
      title={title}
      note={t(isBrief ? 'calibrationBrief' : 'calibrationNote', { ece: metric(ece) })}
      height={height}
      exports={svgExports(() => svg.current)}
      numbers={() => ({
        columns: [t('bin'), t('rows'), t('confidence'), t('accuracy')],
        rows: bins.map(({ count, confidence, accuracy }, i) => [
          `${share.format(i / bins.length)}–${share.format((i + 1) / bins.length)}`,
          count,
          confidence,
          accuracy,
        ]),
      })}
    >
      <svg
        ref={svg}
        viewBox={`0 0 ${SIZE} ${height}`}
        preserveAspectRatio="xMinYMin meet"
        className="h-full max-w-full"
        fontSize="12"
        aria-hidden="true"
      >
        {TICKS.map((tick) => (
          <g key={tick}>
            <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} className="stroke-line" />
            <text x={x(0) - 8} y={y(tick) + 4} textAnchor="end" className="fill-muted">
              {share.format(tick)}
            </text>
            <text x={x(tick)} y={bottom + COUNTS + 18} textAnchor="middle" className="fill-muted">
              {share.format(tick)}
            </text>
          </g>
        ))}
        {bins.map(({ count, accuracy, confidence }, i) => {
          const left = x(i / bins.length) + 1;
          const width = side / bins.length - 2;
          const counted = (count / most) * (COUNTS - 8);
          return (
            <g key={i}>
              {accuracy !== null && (
                <rect
                  x={left}
                  width={width}
                  y={y(accuracy)}
                  height={bottom - y(accuracy)}
                  className="fill-accent opacity-70"
                />
              )}
              {accuracy !== null && confidence !== null && (
                <line
                  x1={left}
                  x2={left + width}
                  y1={y(confidence)}
                  y2={y(confidence)}
                  strokeWidth="2"
                  className="stroke-ink"
                />
              )}
              <rect
                x={left}
                width={width}
                y={bottom + COUNTS - counted}
                height={counted}
                className="fill-edge opacity-60"
              />
            </g>
          );
        })}
        <line x1={x(0)} x2={x(1)} y1={y(0)} y2={y(1)} strokeDasharray="4 4" className="stroke-muted" />
        <line x1={x(0)} x2={x(1)} y1={bottom} y2={bottom} className="stroke-edge" />
        <text x={x(0.5)} y={bottom + COUNTS + 38} textAnchor="middle" className="fill-muted">
          {t('confidenceAxis')}
        </text>
        <text transform={`translate(12 ${y(0.5)}) rotate(-90)`} textAnchor="middle" className="fill-muted">
          {t('accuracyAxis')}
        </text>
      </svg>
    </ChartFrame>
  );
}
