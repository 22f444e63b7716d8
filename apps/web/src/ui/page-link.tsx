import Link from 'next/link';
import type { ComponentProps } from 'react';

/** A link within the app. Pages show a database that changes: nothing is fetched before it is asked for. */
export function PageLink(props: Omit<ComponentProps<typeof Link>, 'prefetch'>) {
  return <Link {...props} prefetch={false} />;
}
