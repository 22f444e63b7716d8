'use client';

import { useTranslations } from 'use-intl/react';
import type { Look } from '#src/charts/looks.ts';
import type { ActivationGraph } from '../model/plan.ts';

interface Props {
  readonly name: string;
  readonly look: Look;
  readonly graph: ActivationGraph;
}

const [WIDTH, HEIGHT] = [160, 72];
/** What is drawn of the values: functions are told apart around 0. */
const [LOW, HIGH] = [-1.5, 2.5];

/** An activation function, and its slope as a thin dashed line. */
export function FunctionGraph({ name, look, graph: { values, slopes } }: Props) {
  const t = useTranslations('labs');
  const y = (value: number) => HEIGHT * (1 - (value - LOW) / (HIGH - LOW));
  const path = (numbers: readonly number[]) =>
    `M${numbers.map((value, i) => `${((WIDTH * i) / (numbers.length - 1)).toFixed(1)} ${y(value).toFixed(1)}`).join('L')}`;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="mt-2 w-full overflow-hidden"
      role="img"
      aria-label={t('graph', { name })}
      style={{ color: `light-dark(${look.colour.light}, ${look.colour.dark})` }}
    >
      <line x1="0" x2={WIDTH} y1={y(0)} y2={y(0)} className="stroke-line" />
      <line x1={WIDTH / 2} x2={WIDTH / 2} y1="0" y2={HEIGHT} className="stroke-line" />
      <path d={path(slopes)} fill="none" stroke="currentColor" strokeDasharray="3 3" />
      <path d={path(values)} fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}
