import type { Message } from './wire.ts';

/** The address of Whorl's server, and its token. */
export interface Endpoint {
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  /** The value of WHORL_TOKEN, if the server has one. */
  readonly token: string | undefined;
}

/**
 * The result of sending a message: taken; without an answer, so to be sent again; or refused, so that sending again is
 * no use.
 */
export type SendResult =
  | { readonly kind: 'taken' }
  | { readonly kind: 'away'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string };

const TIMEOUT_MS = 30_000;
/** Statuses after which to try again later */
const LATER = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The most bytes that a browser sends for a page that is being left. */
const KEPT_ALIVE = 60_000;

/** Sends a message of a run to the server, until `signal` says that nobody waits for it. Never throws. */
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

/** The message `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string; code?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
