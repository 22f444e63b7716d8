import { isTimeZone } from '@whorl/core';

/** The cookie in which a browser says in which time zone its reader is. */
export const ZONE_COOKIE = 'whorl_zone';

const LONGEST_NAME = 100;

/** The zone that a cookie names; the server's where it names none. */
export function zoneOf(cookie: string | undefined): string {
  if (cookie !== undefined && cookie.length <= LONGEST_NAME && isTimeZone(cookie)) return cookie;
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * Run before the first paint of a page with times of `timeZone`. A browser in another zone says so and asks once more:
 * what it is sent then, and what it draws of it, are of its own zone, and no time on the page ever changes. One that
 * keeps no cookies is left with the server's zone, which stands beside every time.
 */
export const zoneScript = (timeZone: string): string =>
  `try{var z=Intl.DateTimeFormat().resolvedOptions().timeZone,c='${ZONE_COOKIE}='+encodeURIComponent(z);` +
  `if(z&&z!==${JSON.stringify(timeZone)}&&document.cookie.split('; ').indexOf(c)<0){` +
  `document.cookie=c+';Path=/;Max-Age=31536000;SameSite=Lax';` +
  `if(document.cookie.split('; ').indexOf(c)>=0)location.reload()}}catch(e){}`;
