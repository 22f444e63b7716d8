import { getRunning } from '#process/running.ts';

/** Whether the owner has to sign in, and so can sign out. */
export const isGuarded = (): boolean => getRunning().settings.token !== undefined;
