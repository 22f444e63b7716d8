/** Most characters of the name that an experiment or a run is given. */
export const LONGEST_NAME = 200;
