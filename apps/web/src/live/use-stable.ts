'use client';

import { useRef } from 'react';

/** Returns the previous object as long as the new one is equal to it. */
export function useStable<T>(value: T): T {
  const known = useRef({ value, text: JSON.stringify(value) });
  const text = JSON.stringify(value);
  if (text !== known.current.text) known.current = { value, text };
  return known.current.value;
}
