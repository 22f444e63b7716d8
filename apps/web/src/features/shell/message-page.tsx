import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly body: string;
  readonly children?: ReactNode;
}

/** A page with a single message, and what to do about it. */
export function MessagePage({ title, body, children }: Props) {
  return (
    <div className="max-w-[36rem] py-16">
      <h1 className="text-display font-semibold">{title}</h1>
      <p className="mt-4">{body}</p>
      {children && <div className="mt-6">{children}</div>}
    </div>
  );
}
