import Link from 'next/link';
import type { ComponentProps } from 'react';

/** A link within the app, without prefetching: pages show a changing record. */
export function PageLink(props: Omit<ComponentProps<typeof Link>, 'prefetch'>) {
  return <Link {...props} prefetch={false} />;
}
