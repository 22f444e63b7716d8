// The page for a browser that has not signed in. It stands alone, since nothing of the app answers before that.

/** Why the token is asked for. */
export type SignInReason = 'needed' | 'wrong' | { readonly waitS: number };

interface Words {
  readonly lang: string;
  readonly title: string;
  readonly label: string;
  readonly where: string;
  readonly button: string;
  readonly said: (reason: SignInReason) => string;
}

const EN: Words = {
  lang: 'en',
  title: 'This Whorl asks for its token',
  label: 'Token',
  where: 'It is the value of WHORL_TOKEN where whorl serve was started.',
  button: 'Sign in',
  said: (reason) => {
    if (reason === 'needed') return '';
    return reason === 'wrong' ? 'That is not the token.' : `Too many wrong tokens: try again in ${reason.waitS} s.`;
  },
};

const ZH: Words = {
  lang: 'zh-Hans',
  title: '打开这个 Whorl 需要令牌',
  label: '令牌',
  where: '令牌就是启动 whorl serve 时 WHORL_TOKEN 的值。',
  button: '登录',
  said: (reason) => {
    if (reason === 'needed') return '';
    return reason === 'wrong' ? '令牌不对。' : `输错的次数太多，请 ${reason.waitS} 秒后再试。`;
  },
};

/** The page runs no script and loads nothing, and its form can only be sent to this server. */
export const SIGN_IN_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

const STYLE = `
:root { color-scheme: light dark; font: 15px/24px Inter, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
body { margin: 0; padding: 96px 16px; background: light-dark(#fcfcfb, #131517); color: light-dark(#1b1d20, #eceef0); }
main { max-width: 26rem; margin: 0 auto; }
h1 { margin: 0 0 8px; font-size: 28px; line-height: 36px; font-weight: 600; }
p { margin: 0 0 24px; color: light-dark(#5c6269, #a0a7ae); }
p[role="alert"] { color: light-dark(#8a5300, #e0b53c); }
label { display: block; margin-bottom: 4px; font-size: 13px; }
form { display: grid; gap: 16px; justify-items: start; }
input, button { box-sizing: border-box; min-height: 40px; border: 1px solid light-dark(#8a9098, #666d75); border-radius: 6px; padding: 0 12px; background: transparent; color: inherit; font: inherit; }
div, input { width: 100%; }
button { border-color: transparent; background: light-dark(#3c46c8, #8f98ff); color: light-dark(#fff, #131517); font-weight: 500; }
`;

/** @param language the browser's `Accept-Language` header */
export function signInPage(reason: SignInReason, language: string | undefined): string {
  const t = /^\s*zh\b/i.test(language ?? '') ? ZH : EN;
  const said = t.said(reason);
  return (
    `<!doctype html><html lang="${t.lang}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${t.title}</title><style>${STYLE}</style></head>` +
    `<body><main><h1>${t.title}</h1><p>${t.where}</p>${said && `<p role="alert">${said}</p>`}` +
    `<form method="get"><div><label for="token">${t.label}</label>` +
    `<input id="token" name="token" type="password" autocomplete="current-password" required autofocus></div>` +
    `<button>${t.button}</button></form></main></body></html>\n`
  );
}
