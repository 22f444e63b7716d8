import type { Message } from './wire.ts';

/** Where Whorl answers, and how it is asked. */
export interface Endpoint {
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  /** The value of WHORL_TOKEN, where the server has one. */
  readonly token: string | undefined;
}

/** What came of a message: taken; to be sent again, as nothing was heard; or refused, which sending again does not mend. */
export type SendResult =
  | { readonly kind: 'taken' }
  | { readonly kind: 'away'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string };

const TIMEOUT_MS = 30_000;
/** Statuses that say "not now" */
const LATER = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Most bytes that a browser sends of a page that is left. */
const KEPT_ALIVE = 60_000;

/** Tells the server of a run one message, until `signal` says that nobody waits for it. Never throws. */
export async function send(
  { url, token }: Endpoint,
  runId: string,
  message: Message,
  signal: AbortSignal,
): Promise<SendResult> {
  try {
    const body = JSON.stringify(message);
    const response = await fetch(`${url.replace(/\/+$/, '')}/api/log/1/runs/${runId}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body,
      keepalive: body.length < KEPT_ALIVE,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (response.ok) return { kind: 'taken' };
    const said = `${response.status} ${await messageOf(response)}`;
    return LATER.has(response.status) ? { kind: 'away', why: said } : { kind: 'refused', why: said };
  } catch (error) {
    return { kind: 'away', why: reasonOf(error) };
  }
}

async function messageOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  try {
    return String((JSON.parse(text) as { message?: unknown }).message ?? text);
  } catch {
    return text.slice(0, 200);
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string; code?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
