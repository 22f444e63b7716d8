import { type NextRequest, NextResponse } from 'next/server';
import {
  ADDRESS_HEADER,
  DEFAULT_LOCALE,
  LOCALE_COOKIE,
  localePath,
  preferredLocale,
  splitLocale,
  toLocale,
} from '#src/i18n/locales.ts';

// Gives every page its language and its headers. English pages have no prefix in their address; inside, every page
// lies below its language.

export const config = {
  matcher: ['/((?!api/|_next/|s/[^/]+/(?:trpc|artifacts)/).*)'],
};

/** The language of a request, or where to send it instead. */
export function proxy(request: NextRequest): Response {
  const { pathname } = request.nextUrl;
  const { locale, rest, prefixed } = splitLocale(pathname);
  if (prefixed && locale === DEFAULT_LOCALE) return redirect(request, rest);
  if (!prefixed && toLocale(request.cookies.get(LOCALE_COOKIE)?.value ?? '') === null) {
    const preferred = preferredLocale(request.headers.get('accept-language'));
    if (preferred !== DEFAULT_LOCALE) return redirect(request, localePath(preferred, rest));
  }

  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set(ADDRESS_HEADER, `${rest}${request.nextUrl.search}`); // so that the page for what is not there can say why
  headers.set('content-security-policy', policy); // Next.js reads the nonce from here
  const url = request.nextUrl.clone();
  url.pathname = prefixed ? pathname : `/${locale}${rest === '/' ? '' : rest}`;
  const response = NextResponse.rewrite(url, { request: { headers } });

  response.headers.set('Content-Security-Policy', policy);
  response.headers.set('Referrer-Policy', 'no-referrer');
  response.headers.set('X-Frame-Options', 'DENY');
  response.headers.set('Vary', 'Accept-Language, Cookie');
  response.headers.set('Cache-Control', 'private, no-store');
  if (/^\/s(\/|$)/.test(rest)) response.headers.set('X-Robots-Tag', 'noindex, nofollow');
  return response;
}

/** Sends to another path of this server. Next.js takes only whole addresses, and makes them relative on the way out. */
function redirect(request: NextRequest, pathname: string): Response {
  const url = request.nextUrl.clone();
  url.pathname = pathname.replace(/^\/+/, '/');
  const response = NextResponse.redirect(url, 307);
  response.headers.set('Cache-Control', 'no-store');
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "worker-src 'self'", // labs train in one
    "style-src 'self' 'unsafe-inline'", // style attributes of charts and sliders
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
