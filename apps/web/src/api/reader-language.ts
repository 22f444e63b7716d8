import type { TRPCClientError, TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { Language } from '@whorl/core';
import type { AppRouter } from '#src/api/router.ts';

/**
 * Puts the server's errors into the reader's language, so that showing `error.message` is enough.
 * @param language called when there is an error to translate
 */
export const inReadersLanguage =
  (language: () => Language): TRPCLink<AppRouter> =>
  () =>
  ({ next, op }) =>
    observable((observer) =>
      next(op).subscribe({
        next: (value) => observer.next(value),
        complete: () => observer.complete(),
        error: (error) => observer.error(translated(error, language())),
      }),
    );

function translated(error: TRPCClientError<AppRouter>, language: Language): TRPCClientError<AppRouter> {
  const said = error.data?.said?.[language];
  if (said !== undefined) error.message = said;
  return error;
}
