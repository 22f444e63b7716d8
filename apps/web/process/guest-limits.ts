import type { Handler } from './answer.ts';
import { refusal } from './refusal.ts';

/** Most requests of one link at a time, including the streams of live pages. */
const MOST_OF_A_LINK = 400;
/** Most requests of all links at a time. */
const MOST = 1_200;
/** Seconds to wait before asking again. */
const RETRY_S = 2;

const TOO_MANY = {
  en: `too many are looking at this at the moment; load it again in ${RETRY_S} seconds`,
  zh: `目前查看的人太多；请在 ${RETRY_S} 秒后重新加载`,
};

const isQuestion = (url = ''): boolean => /^\/s\/[^/]+\/trpc\//.test(url);
const LINK = /^(?:\/zh)?\/s\/([A-Za-z0-9_-]{1,64})/;

/** Refuses requests above the limits at once, and says when to ask again. */
export function limitGuests(handle: Handler): Handler {
  const underWay = new Map<string, number>();
  let all = 0;
  return async (request, response) => {
    const link = LINK.exec(request.url ?? '')?.[1] ?? '';
    const ofLink = underWay.get(link) ?? 0;
    if (all >= MOST || ofLink >= MOST_OF_A_LINK) {
      const { status, headers, body } = refusal(
        'SERVICE_UNAVAILABLE',
        TOO_MANY,
        isQuestion(request.url) ? 'procedure' : 'page',
      );
      response.writeHead(status, { ...headers, 'Retry-After': String(RETRY_S) }).end(body);
      return;
    }
    all += 1;
    underWay.set(link, ofLink + 1);
    response.once('close', () => {
      all -= 1;
      const left = (underWay.get(link) ?? 1) - 1;
      if (left === 0) underWay.delete(link);
      else underWay.set(link, left);
    });
    await handle(request, response);
  };
}
