import { TRPCError } from '@trpc/server';
import type { Text } from '@whorl/core';

/** An error with its message in every language. Pages show that of their reader. */
export class SaidError extends TRPCError {
  readonly said: Text;

  constructor(code: TRPCError['code'], said: Text) {
    super({ code, message: said.en });
    this.said = said;
  }
}
