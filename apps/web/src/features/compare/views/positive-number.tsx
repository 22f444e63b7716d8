'use client';

import { useState } from 'react';

interface Props {
  readonly label: string;
  /** An explanation. */
  readonly title: string;
  readonly placeholder: string;
  /** Null where it is left out. */
  readonly value: number | null;
  readonly onValue: (value: number | null) => void;
}

/**
 * A field for a number above 0 that may stay empty. Invalid input is ignored. Use the value as its React key, so that it
 * follows the address.
 */
export function PositiveNumber({ label, title, placeholder, value: given, onValue }: Props) {
  const [text, setText] = useState(given === null ? '' : String(given));
  const value = Number(text);
  const isBad = text.trim() !== '' && !(Number.isFinite(value) && value > 0);
  const ask = () => {
    if (!isBad) onValue(text.trim() === '' ? null : value);
  };
  return (
    <label className="flex items-center gap-x-3 text-small text-muted print:hidden" title={title}>
      {label}
      <input
        className="field w-24"
        inputMode="decimal"
        placeholder={placeholder}
        aria-invalid={isBad}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={ask}
        onKeyDown={(event) => event.key === 'Enter' && ask()}
      />
    </label>
  );
}
