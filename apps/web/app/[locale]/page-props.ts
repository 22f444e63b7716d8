import { TRPCError } from '@trpc/server';
import { notFound } from 'next/navigation';
import { type Locale, toLocale } from '#src/i18n/locales.ts';

/** The language of a page; an unknown one is no page of ours. */
export async function localeOf(params: Promise<{ locale: string }>): Promise<Locale> {
  return toLocale((await params).locale) ?? notFound();
}

/** What a procedure gives a page; where it finds nothing, or the address cannot be one, the page is a 404. */
export async function orNotFound<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST')) notFound();
    throw error;
  }
}
