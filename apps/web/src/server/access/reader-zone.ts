import { cookies } from 'next/headers';
import { ZONE_COOKIE, zoneOf } from '#src/contract/time-zone.ts';

/** The viewer's time zone. */
export const readerZone = async (): Promise<string> => zoneOf((await cookies()).get(ZONE_COOKIE)?.value);
