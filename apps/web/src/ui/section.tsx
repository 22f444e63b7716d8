import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly note?: ReactNode;
  /** Controls beside the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a page. */
export function Section({ title, note, aside, children }: Props) {
  return (
    <section className="mt-12" aria-label={title}>
      <div className="mb-4 flex break-after-avoid flex-wrap items-end justify-between gap-x-8 gap-y-2">
        <div className="max-w-[42rem]">
          <h2 className="text-title font-semibold">{title}</h2>
          {note && <p className="mt-1 text-small text-muted">{note}</p>}
        </div>
        {aside}
      </div>
      {children}
    </section>
  );
}
