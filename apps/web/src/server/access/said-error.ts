import { TRPCError } from '@trpc/server';
import type { Text } from '@whorl/core';

/** A failure of a procedure with its message in every language: a page shows that of its reader. */
export class SaidError extends TRPCError {
  readonly said: Text;

  constructor(code: TRPCError['code'], said: Text) {
    super({ code, message: said.en });
    this.said = said;
  }
}
