'use client';

import { LONGEST_NAME } from '@whorl/core';
import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { nameFault } from '#src/ui/name-limits.ts';

interface Props {
  readonly label: string;
  readonly name: string;
  readonly onChange: (name: string) => void;
}

/** A field for a name, with an error message for invalid names. */
export function NameField({ label, name, onChange }: Props) {
  const t = useTranslations('names');
  const id = useId();
  const fault = nameFault(name);
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-small">
        {label}
      </label>
      <input
        id={id}
        className="field w-full"
        value={name}
        autoComplete="off"
        aria-invalid={fault === 'tooLong'}
        aria-describedby={`${id} fault`}
        onFocus={(event) => event.target.select()}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id} fault`} aria-live="polite" className="mt-1 text-small text-caution">
        {fault === 'tooLong' ? t(fault, { count: name.trim().length, most: LONGEST_NAME }) : ''}
      </p>
    </div>
  );
}
