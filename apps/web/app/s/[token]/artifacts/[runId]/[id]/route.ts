import { shareContext } from '#src/server/access/context.ts';
import { answerArtifact } from '#src/server/http.ts';

export const dynamic = 'force-dynamic';

interface Props {
  readonly params: Promise<{ token: string; runId: string; id: string }>;
}

/** The bytes of an artifact of a shared run. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { token, ...address } = await params;
  return answerArtifact(request, await shareContext(token), address);
}
