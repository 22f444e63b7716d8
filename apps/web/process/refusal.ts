// A word to who asked, where no procedure and no page answers: a program reads the code, a person either language.

/** The codes of tRPC, with their numbers of JSON-RPC and their statuses of HTTP. */
const CODES = {
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
 * What to answer with.
 * @param said in each language, what came, what was expected and what to do
 * @param asked `procedure` where tRPC asks, which reads nothing but JSON
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
