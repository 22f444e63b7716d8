'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** The error of a query, as tRPC gives it. */
type QueryError = { readonly data?: { readonly code?: string } | null } | null;

/**
 * Shows the page for what is not there once the thing of this page is deleted: the server renders its address anew.
 * @param error of the query for the thing itself
 */
export function useGone(error: unknown): void {
  const router = useRouter();
  const isGone = (error as QueryError)?.data?.code === 'NOT_FOUND';
  useEffect(() => {
    if (isGone) router.refresh();
  }, [isGone, router]);
}
