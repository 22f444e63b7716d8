/** @typedef {'all' | 'parent' | 'worker' | 'at boot' | 'SIGHUP' | 'Ctrl-C' | 'twice Ctrl-C'} Kind */

/** What happens to a sweep. @type {readonly Kind[]} */
export const KINDS = ['all', 'parent', 'worker', 'at boot', 'SIGHUP', 'Ctrl-C', 'twice Ctrl-C'];

/**
 * What README promises for each: the exit codes, null where a signal ended the process, and how runs may have ended.
 * `at boot` is a Ctrl-C before the first point.
 * @type {Readonly<Record<Kind, { codes: readonly (number | null)[], statuses: readonly string[] }>>}
 */
export const RIGHT = {
  all: { codes: [null], statuses: ['crashed', 'finished'] },
  parent: { codes: [null], statuses: ['crashed', 'finished'] },
  worker: { codes: [1], statuses: ['crashed', 'finished'] },
  'at boot': { codes: [130, null], statuses: ['interrupted', 'crashed'] },
  SIGHUP: { codes: [0], statuses: ['finished'] },
  'Ctrl-C': { codes: [130], statuses: ['interrupted', 'finished'] },
  'twice Ctrl-C': { codes: [130], statuses: ['interrupted', 'crashed', 'finished'] },
};
