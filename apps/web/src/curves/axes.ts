/** What the horizontal axis measures: updates, passes over the data, or seconds since the run's start. */
export const AXES = ['step', 'epoch', 'time'] as const;
export type Axis = (typeof AXES)[number];
