import { isTimeZone } from '@whorl/core';

/** The cookie with the reader's time zone. */
export const ZONE_COOKIE = 'whorl_zone';

const LONGEST_NAME = 100;

/** The time zone in a cookie; the server's zone where there is none. */
export function zoneOf(cookie: string | undefined): string {
  if (cookie !== undefined && cookie.length <= LONGEST_NAME && isTimeZone(cookie)) return cookie;
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * A script that runs before the first paint of a page whose times are in `timeZone`. In another zone it sets the cookie and
 * loads the page again, so that no time on the page ever changes. Without cookies the server's zone stays, which is written
 * beside every time.
 */
export const zoneScript = (timeZone: string): string =>
  `try{var z=Intl.DateTimeFormat().resolvedOptions().timeZone,c='${ZONE_COOKIE}='+encodeURIComponent(z);` +
  `if(z&&z!==${JSON.stringify(timeZone)}&&document.cookie.split('; ').indexOf(c)<0){` +
  `document.cookie=c+';Path=/;Max-Age=31536000;SameSite=Lax';` +
  `if(document.cookie.split('; ').indexOf(c)>=0)location.reload()}}catch(e){}`;
