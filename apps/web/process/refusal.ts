// Refusals that are given before any procedure or page is reached: with a code for programs, and in both languages for
// people.

/** tRPC's codes with their JSON-RPC numbers and HTTP statuses. */
const CODES = {
  BAD_REQUEST: { number: -32600, status: 400 },
  NOT_FOUND: { number: -32004, status: 404 },
  PAYLOAD_TOO_LARGE: { number: -32013, status: 413 },
  SERVICE_UNAVAILABLE: { number: -32603, status: 503 },
} as const;

export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The answer to a refused request.
 * @param said in each language: what came, what was expected and what to do
 * @param asked `procedure` where tRPC's client asks, which reads only JSON
 */
export function refusal(
  code: keyof typeof CODES,
  said: { readonly en: string; readonly zh: string },
  asked: 'procedure' | 'page',
): Refusal {
  const { number, status } = CODES[code];
  const headers = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
  if (asked === 'page') {
    return {
      status,
      headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' },
      body: `${said.en}\n${said.zh}\n`,
    };
  }
  const json = { message: said.en, code: number, data: { code, httpStatus: status, said } };
  return {
    status,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ error: { json } }),
  };
}
