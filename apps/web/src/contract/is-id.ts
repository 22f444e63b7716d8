/** Whether a text may be the id of a run or of an experiment. */
export const isId = (text: string): boolean => /^[0-9a-z]{1,32}$/.test(text);
