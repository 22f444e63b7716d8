import { ownerContext } from '#src/server/access/context.ts';
import { answerReport } from '#src/server/report.ts';

export const dynamic = 'force-dynamic';

interface Props {
  readonly params: Promise<{ of: string }>;
}

/** A report to hand in, of the course or of an experiment. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  return answerReport(request, await ownerContext(), (await params).of);
}
