import { cutMiddle } from '@whorl/core';

interface Props {
  readonly text: string;
  /** How many characters there is room for. */
  readonly most: number;
}

/** A name of any length: a long one is cut in its middle, and read in full by pointer and by screen reader. */
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
