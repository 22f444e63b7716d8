import { shareContext } from '#src/server/access/context.ts';
import { answerTrpc } from '#src/server/http.ts';

export const dynamic = 'force-dynamic';

interface Props {
  readonly params: Promise<{ token: string }>;
}

/** The procedures, as far as the viewer of a share may call them: queries only, by POST where they are long. */
async function handle(request: Request, { params }: Props): Promise<Response> {
  const { token } = await params;
  return answerTrpc(request, `/s/${token}/trpc`, await shareContext(token));
}

export { handle as GET, handle as POST };
