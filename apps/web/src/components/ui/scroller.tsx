import type { ReactNode } from 'react';

/** Something that may be wider than the page: it scrolls by itself, by keyboard too. */
export function Scroller({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="max-w-full overflow-x-auto" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
