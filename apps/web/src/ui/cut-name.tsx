import { cutMiddle } from '@whorl/core';

interface Props {
  readonly text: string;
  /** How many characters there is room for. */
  readonly most: number;
}

/** A name whose middle is cut if it is too long. The full name is in its tooltip, and read by screen readers. */
export function CutName({ text, most }: Props) {
  const shown = cutMiddle(text, most);
  if (shown === text) return text;
  return (
    <span className="relative" title={text}>
      <span aria-hidden="true">{shown}</span>
      <span className="sr-only">{text}</span>
    </span>
  );
}
