import { ownerContext } from '#src/server/access/context.ts';
import { answerArtifact } from '#src/server/http.ts';

export const dynamic = 'force-dynamic';

interface Props {
  readonly params: Promise<{ runId: string; id: string }>;
}

/** The bytes of an artifact. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  return answerArtifact(request, await ownerContext(), await params);
}
