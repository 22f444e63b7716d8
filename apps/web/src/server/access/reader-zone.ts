import { cookies } from 'next/headers';
import { ZONE_COOKIE, zoneOf } from '#src/contract/time-zone.ts';

/** The time zone of who asks, in which times are shown and dates of a query are read. */
export const readerZone = async (): Promise<string> => zoneOf((await cookies()).get(ZONE_COOKIE)?.value);
