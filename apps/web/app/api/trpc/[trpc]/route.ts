import { ownerContext } from '#src/server/access/context.ts';
import { answerTrpc } from '#src/server/http.ts';

export const dynamic = 'force-dynamic';

async function handle(request: Request): Promise<Response> {
  return answerTrpc(request, '/api/trpc', await ownerContext());
}

export { handle as GET, handle as POST };
