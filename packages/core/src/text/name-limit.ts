/** The longest name that an experiment or a run can be given, in characters. */
export const LONGEST_NAME = 200;
