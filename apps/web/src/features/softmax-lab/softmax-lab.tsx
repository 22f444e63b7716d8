'use client';

import { formatNumber } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import { Scroller } from '#src/ui/scroller.tsx';
import { BadView } from '#src/view/bad-view.tsx';
import { useView } from '#src/view/use-view.ts';
import { CLASSES, FARTHEST, SOFTMAX_LAB } from './model/lab-fields.ts';
import { softmaxView } from './model/softmax.ts';

const NAMES = ['A', 'B', 'C'] as const;

/** Logits and a temperature to move, with what softmax makes of them, where it overflows, and what two losses say. */
export function SoftmaxLab() {
  const t = useTranslations('softmaxLab');
  const { view, change, bad } = useView(SOFTMAX_LAB);
  const { z, t: temperature, y } = view;
  const label = Math.round(y);
  const shown = softmaxView(z, label, temperature);
  const set = (place: number, value: number) => change({ z: z.map((logit, i) => (i === place ? value : logit)) });
  return (
    <section className="my-6 rounded-[6px] border border-line p-4" aria-label={t('title')} data-lab="softmax">
      <BadView bad={bad} />
      <div className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
        <div>
          {NAMES.map((name, i) => (
            <Slider
              key={name}
              label={t('logit', { name })}
              value={z[i] ?? 0}
              least={-FARTHEST}
              most={FARTHEST}
              step={0.1}
              onChange={(value) => set(i, value)}
            />
          ))}
        </div>
        <div>
          <Slider
            label={t('temperature')}
            value={temperature}
            least={0.1}
            most={10}
            step={0.1}
            onChange={(value) => change({ t: value })}
          />
          <fieldset className="mt-2 flex gap-4 text-small">
            <legend className="float-left me-4">{t('label')}</legend>
            {NAMES.map((name, i) => (
              <label key={name} className="flex items-center gap-1">
                <input
                  type="radio"
                  className="accent-accent"
                  name="softmax-label"
                  checked={label === i}
                  onChange={() => change({ y: i })}
                />
                {name}
              </label>
            ))}
          </fieldset>
          <p className="mt-3 flex flex-wrap gap-2">
            <button type="button" className="button" onClick={() => change({ z: [1000, 0, -1000], t: 1 })}>
              {t('overflow')}
            </button>
            <button type="button" className="button" onClick={() => change({ z: [-8, 8, -8], t: 1, y: 0 })}>
              {t('mistake')}
            </button>
            <button type="button" className="button" onClick={() => change({ z: SOFTMAX_LAB.z.fallback, t: 1, y: 0 })}>
              {t('reset')}
            </button>
          </p>
        </div>
      </div>
      <div className="mt-4">
        <Scroller label={t('title')}>
          <SoftmaxTable shown={shown} />
        </Scroller>
      </div>
      <p className="mt-3 text-small text-muted tabular-nums">
        {t('losses', {
          crossEntropy: formatNumber(shown.crossEntropy),
          squaredError: formatNumber(shown.squaredError),
          naive: formatNumber(shown.naiveLogSum),
          stable: formatNumber(shown.stableLogSum),
        })}
      </p>
    </section>
  );
}

/** What softmax makes of the logits in both forms, and the slopes of two losses, class by class. */
function SoftmaxTable({ shown }: { readonly shown: ReturnType<typeof softmaxView> }) {
  const t = useTranslations('softmaxLab');
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('class')}</th>
          <th scope="col" className="number">
            {t('probability')}
          </th>
          <td className="w-24" />
          <th scope="col" className="number">
            {t('naive')}
          </th>
          <th scope="col" className="number">
            {t('crossEntropySlope')}
          </th>
          <th scope="col" className="number">
            {t('squaredErrorSlope')}
          </th>
        </tr>
      </thead>
      <tbody aria-live="polite">
        {NAMES.slice(0, CLASSES).map((name, i) => (
          <tr key={name}>
            <th scope="row" className="!text-ink font-normal">
              {name}
            </th>
            <td className="number">{(shown.stable[i] ?? 0).toFixed(4)}</td>
            <td>
              <span aria-hidden className="block h-2 rounded-full bg-sunk">
                <span
                  className="block h-2 rounded-full bg-accent"
                  style={{ width: `${100 * (shown.stable[i] ?? 0)}%` }}
                />
              </span>
            </td>
            <td className={`number ${Number.isNaN(shown.naive[i]) ? 'text-alarm' : ''}`}>
              {(shown.naive[i] ?? 0).toFixed(4)}
            </td>
            <td className="number">{(shown.crossEntropySlope[i] ?? 0).toFixed(4)}</td>
            <td className="number">{(shown.squaredErrorSlope[i] ?? 0).toFixed(4)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}

function Slider({ label, value, least, most, step, onChange }: SliderProps) {
  return (
    <label className="flex items-center gap-3 py-1 text-small">
      <span className="w-24 flex-none">{label}</span>
      <input
        type="range"
        className="min-w-0 flex-1 accent-accent"
        min={least}
        max={most}
        step={step}
        value={value}
        onChange={({ target }) => onChange(Number(target.value))}
      />
      <output className="w-14 flex-none text-end tabular-nums">{formatNumber(value)}</output>
    </label>
  );
}
