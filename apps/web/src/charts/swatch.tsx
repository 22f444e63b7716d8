import { DASHES, type Look } from './looks.ts';

/** A swatch is shorter than a line, and so are its dashes. */
const SHORT = 0.6;

/** A short line that looks as the charts draw a configuration. */
export function Swatch({ look }: { readonly look: Look }) {
  return (
    <svg width="24" height="8" viewBox="0 0 24 8" className="shrink-0 self-center" aria-hidden="true">
      <line
        x1="1"
        x2="23"
        y1="4"
        y2="4"
        strokeWidth="3"
        strokeDasharray={DASHES[look.stroke].map((length) => length * SHORT).join(' ') || undefined}
        style={{ stroke: `light-dark(${look.colour.light}, ${look.colour.dark})` }}
      />
    </svg>
  );
}
