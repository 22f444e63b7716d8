'use client';

import type { NumberBounds } from '@whorl/core';
import { memo, useId, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Locale } from '#src/i18n/locales.ts';
import { isWithin, listOf } from '../model/lab-fields.ts';
import { type Control, isMeant } from '../model/plan.ts';
import { nearestStop } from '../model/rate-stops.ts';

interface Props {
  readonly controls: readonly Control[];
  readonly set: Readonly<Record<string, unknown>>;
  readonly onSet: (name: string, value: unknown) => void;
  /** Whether they stand in two columns, not in lines. */
  readonly columns?: boolean;
}

/** What may be set for all trainings of a lab. */
export const LabControls = memo(function LabControls({ controls, set, onSet, columns = false }: Props) {
  return (
    <div
      className={
        columns
          ? 'grid grid-cols-2 items-end gap-4 *:min-w-0 [&_.field]:w-full'
          : 'flex flex-wrap items-end gap-x-6 gap-y-3'
      }
    >
      {controls
        .filter((control) => isMeant(control, set))
        .map((control) => (
          <OneControl key={control.name} control={control} set={set} onSet={(value) => onSet(control.name, value)} />
        ))}
    </div>
  );
});

interface OneProps {
  readonly control: Control;
  readonly set: Readonly<Record<string, unknown>>;
  readonly onSet: (value: unknown) => void;
}

const isSlider = ({ kind }: Control): boolean => kind === 'rate' || kind === 'order';

function OneControl({ control, set, onSet }: OneProps) {
  const t = useTranslations('labs');
  const id = useId();
  return (
    <div className={isSlider(control) ? 'min-w-40 flex-1' : ''}>
      <label htmlFor={id} className="mb-1 flex justify-between gap-3 text-small text-muted">
        {t(`controls.${control.name as 'seed'}`)}
        {isSlider(control) && <span className="text-ink">{String(set[control.name])}</span>}
      </label>
      <Input id={id} control={control} set={set} onSet={onSet} />
    </div>
  );
}

function Input({ id, control, set, onSet }: OneProps & { readonly id: string }) {
  const locale = useLocale() as Locale;
  const value = set[control.name];
  switch (control.kind) {
    case 'number':
      return <NumberInput id={id} bounds={control.bounds} value={Number(value)} onSet={onSet} />;
    case 'own-number': {
      const own = control.fallbacks[String(set[control.by])] ?? Number.NaN;
      const shown = Number.isNaN(value) ? own : Number(value);
      return <NumberInput id={id} bounds={control.bounds} value={shown} onSet={onSet} />;
    }
    case 'list':
      return (
        <Typed
          id={id}
          className="w-28"
          text={(value as readonly number[]).join(', ')}
          onText={(text) => {
            const numbers = listOf(text, control.longest);
            if (numbers) onSet(numbers);
            return numbers !== null;
          }}
        />
      );
    case 'choice':
      return (
        <select id={id} className="field" value={String(value)} onChange={({ target }) => onSet(target.value)}>
          {control.options.map(({ name, label = name }) => (
            <option key={name} value={name}>
              {typeof label === 'string' ? label : label[locale]}
            </option>
          ))}
        </select>
      );
    case 'rate': {
      const at = nearestStop(control.stops, Number(value));
      return <Slider id={id} stops={control.stops} at={at} text={String(value)} onSet={onSet} />;
    }
    case 'order': {
      const names = control.options.map(({ name }) => name);
      return <Slider id={id} stops={names} at={names.indexOf(String(value))} text={String(value)} onSet={onSet} />;
    }
  }
}

interface SliderProps {
  readonly id: string;
  readonly stops: readonly unknown[];
  readonly at: number;
  readonly text: string;
  readonly onSet: (value: unknown) => void;
}

const Slider = ({ id, stops, at, text, onSet }: SliderProps) => (
  <input
    id={id}
    type="range"
    className="block h-8 w-full accent-accent"
    min={0}
    max={stops.length - 1}
    value={at}
    aria-valuetext={text}
    onChange={({ target }) => onSet(stops[Number(target.value)])}
  />
);

interface NumberProps {
  readonly id: string;
  readonly bounds: NumberBounds;
  readonly value: number;
  readonly onSet: (value: number) => void;
}

function NumberInput({ id, bounds, value, onSet }: NumberProps) {
  return (
    <Typed
      id={id}
      className="w-24"
      text={String(value)}
      onText={(text) => {
        const number = text.trim() === '' ? Number.NaN : Number(text);
        const isRight = isWithin(number, bounds);
        if (isRight) onSet(number);
        return isRight;
      }}
    />
  );
}

interface TypedProps {
  readonly id: string;
  readonly className: string;
  readonly text: string;
  /** @returns whether it can be read */
  readonly onText: (text: string) => boolean;
}

/** A value that counts once it can be read: what is half typed changes nothing, and is marked. */
function Typed({ id, className, text, onText }: TypedProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [isWrong, setIsWrong] = useState(false);
  return (
    <input
      id={id}
      inputMode="decimal"
      autoComplete="off"
      className={`field ${className} aria-invalid:border-alarm`}
      aria-invalid={isWrong || undefined}
      value={typed ?? text}
      onChange={({ target }) => {
        setTyped(target.value);
        setIsWrong(!onText(target.value));
      }}
      onBlur={() => {
        setTyped(null);
        setIsWrong(false);
      }}
    />
  );
}
