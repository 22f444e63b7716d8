const POINTS = Array.from({ length: 60 }, (_, i) => {
  const turn = (i / 59) * 4 * Math.PI;
  const radius = 1.2 + (i / 59) * 7.6;
  return `${(10 + radius * Math.sin(turn)).toFixed(2)},${(10 - radius * Math.cos(turn)).toFixed(2)}`;
}).join(' ');

/** The product's name beside its sign, an arm of the spiral. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold">
      <svg width="20" height="20" viewBox="0 0 20 20" className="text-accent" aria-hidden="true">
        <polyline points={POINTS} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
      </svg>
      <span className="sr-only sm:not-sr-only">Whorl</span>
    </span>
  );
}
