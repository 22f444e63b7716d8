import type { Config } from '@whorl/core';

/** What nothing that is given to others may hold. */
export declare const PRIVATE: readonly string[];

/**
 * Records the quick plans of these studies, or of all.
 * @param leaveOut runs that are not recorded
 */
export declare function recordMadeUpCourse(
  home: string,
  studies?: readonly string[],
  leaveOut?: (config: Config) => boolean,
): Promise<void>;
