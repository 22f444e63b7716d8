import { isClientFile } from './client-files.ts';
import type { Door } from './door.ts';
import type { SignInReason } from './sign-in-page.ts';

// Decides who may ask what, as pure functions of the request's head. A page of another site can make a browser send requests
// here, and can point a name of its own at our address, so Host and Origin are checked before anything else.

/** The parts of a request on which the decision depends. */
export interface RequestHead {
  readonly method: string;
  /** The request target as it arrived: path and query. */
  readonly url: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  /** The address that sent the request. */
  readonly address: string;
}

export type AccessDecision =
  /** `cookie` is to be set in the answer. */
  | { readonly kind: 'answer'; readonly cookie?: string }
  | {
      readonly kind: 'refuse';
      readonly status: 401 | 403 | 404 | 429;
      readonly message: string;
      readonly waitS?: number;
      /** Set where a browser may be shown the sign-in page: why it has to sign in. */
      readonly signIn?: SignInReason;
    }
  | { readonly kind: 'redirect'; readonly location: string; readonly cookie: string };

const ANSWER: AccessDecision = { kind: 'answer' };
const refuse = (status: 401 | 403 | 404, message: string): AccessDecision => ({ kind: 'refuse', status, message });

/** The path at which a browser signs out. */
const SIGN_OUT = '/sign-out';
/** The folder at which programs log their runs. */
const LOG_FOLDER = '/api/log/';
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

// The addresses below a share. Anything else is refused, including `..` and escaped characters.
const SHARE_PATH =
  /^(?:\/zh)?\/s\/[A-Za-z0-9_-]{1,64}(?:\/runs\/[0-9a-z]{1,32})?\/?$|^\/s\/[A-Za-z0-9_-]{1,64}\/(?:trpc\/[A-Za-z.,]{1,4000}|artifacts\/[0-9a-z]{1,32}\/\d{1,15})$/;
const SHARE_QUESTION = /^\/s\/[A-Za-z0-9_-]{1,64}\/trpc\//;
// The build's static files, as a browser names them. Scripts of a localized page lie in a folder `[locale]`.
const STATIC_FOLDER = '/_next/static/';
const STATIC_PATH = /^\/_next\/static\/[A-Za-z0-9_\-./~@+[\]()]+$/;

/**
 * The decoded path of a request target; null where it is not plain and well formed, such as `http://other/`, or `/%E0`,
 * which makes Next.js answer 500. Paths that Next.js would resolve to another one are refused, too:
 * `/_next/static/%2e%2e/%2e%2e/` once showed the owner's page to people without a link.
 */
export function requestPath(url: string): string | null {
  if (!url.startsWith('/') || url.startsWith('//')) return null;
  const raw = rawPathOf(url);
  const path = decoded(raw);
  const isPlain =
    path !== null && !/[\\\0]/.test(path) && !path.split('/').some((part) => part === '.' || part === '..');
  return isPlain && count(path, '/') === count(raw, '/') ? path : null;
}

const rawPathOf = (url: string): string => url.split(/[?#]/, 1)[0] as string;

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

const count = (text: string, part: string): number => text.split(part).length - 1;

/**
 * Whether the path is below a share or names a static file, written exactly as pages write it. Next.js reads `/%5Fnext/` as
 * another address than the code that serves static files.
 */
const isShared = (path: string, raw: string): boolean =>
  (SHARE_PATH.test(path) && raw === path) || (STATIC_PATH.test(path) && raw.startsWith(STATIC_FOLDER));

/**
 * Decides for the share listener: it answers reads of shares, and of the scripts and styles of their pages. A question that
 * is too long for an address comes by POST, and still only reads.
 */
export function decideShare({ method, url }: Pick<RequestHead, 'method' | 'url'>): AccessDecision {
  const path = requestPath(url);
  const reads = method === 'GET' || method === 'HEAD' || (method === 'POST' && SHARE_QUESTION.test(path ?? ''));
  return path !== null && reads && isShared(path, rawPathOf(url)) ? ANSWER : refuse(404, 'Not found');
}

/**
 * Decides for the app listener. With a `door`, a request needs the token or a signed-in browser. Without one, it must come
 * from this machine.
 */
export function decideApp(head: RequestHead, door: Door | undefined): AccessDecision {
  const path = requestPath(head.url);
  if (path === null) return refuse(403, 'Refused: the address is not a well-formed path');
  if (head.host === undefined) return refuse(403, 'Refused: the request has no Host header');
  if (door === undefined && !LOOPBACK_HOST.test(head.host)) {
    return refuse(
      403,
      `Refused: this server answers to 127.0.0.1 and localhost, not to the host "${printable(head.host)}"`,
    );
  }
  const origin = head.origin === undefined ? undefined : originHost(head.origin);
  const isOwn = origin === undefined || origin === head.host.toLowerCase();
  const isClient = isClientFile(rawPathOf(head.url)) && (head.method === 'GET' || head.method === 'HEAD');
  // A page that is developed on this machine may log runs like a script, but read nothing.
  const logs = (path.startsWith(LOG_FOLDER) || isClient) && LOOPBACK_HOST.test(origin ?? '');
  if (!isOwn && !logs) {
    return refuse(403, `Refused: a page of "${printable(head.origin ?? '')}" may not ask this server`);
  }
  // A browser's preflight request carries no token.
  if (!isOwn && head.method === 'OPTIONS') return ANSWER;
  if (door === undefined || isClient || decideShare(head).kind === 'answer') return ANSWER;
  const known = door.known(head.cookie);
  if (!known) return signIn(path, head, door);
  if (path !== SIGN_OUT || head.method !== 'POST') return { ...ANSWER, ...known };
  return { kind: 'redirect', location: '/', cookie: door.signOut(head.cookie) };
}

/** Handles a token: programs send it with every request; a browser sends it once, in `/?token=...`, and gets a cookie. */
function signIn(path: string, { method, url, authorization, address }: RequestHead, door: Door): AccessDecision {
  const query = new URLSearchParams(url.slice(rawPathOf(url).length).replace(/^\?/, '').split('#')[0]);
  const sent = tokenOf(authorization);
  const given = sent ?? (method === 'GET' ? query.get('token') : null);
  if (given === null || given === undefined) {
    const message = 'A token is needed: open /?token=... with the value of WHORL_TOKEN';
    return { kind: 'refuse', status: 401, message, signIn: 'needed' };
  }
  const found = door.tryToken(given, address);
  if (found === 'wrong') {
    const message = 'This is not the token: open /?token=... with the value of WHORL_TOKEN';
    return { kind: 'refuse', status: 401, message, signIn: 'wrong' };
  }
  if (found !== 'right') {
    const { waitS } = found;
    const message = `Too many wrong tokens came from ${printable(address)}: try again in ${waitS} s`;
    return { kind: 'refuse', status: 429, message, waitS, signIn: { waitS } };
  }
  if (sent !== undefined) return ANSWER;
  query.delete('token');
  const rest = query.toString();
  return { kind: 'redirect', location: encodeURI(path) + (rest && `?${rest}`), cookie: door.signIn() };
}

function originHost(origin: string): string | null {
  try {
    const { protocol, host } = new URL(origin);
    return protocol === 'http:' || protocol === 'https:' ? host : null;
  } catch {
    return null; // the origin may be the text "null", which sandboxed pages send
  }
}

/** The token in an authorization header: a bearer token, or the password beside any user name. */
function tokenOf(header = ''): string | undefined {
  const [, scheme = '', credentials] = /^(Bearer|Basic) +(\S+)$/i.exec(header) ?? [];
  if (credentials === undefined || scheme.toLowerCase() === 'bearer') return credentials;
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : pair.slice(colon + 1);
}

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
