import { cutMiddle } from './cut-middle.ts';
import { LEVEL_SEPARATOR } from './write-value.ts';

/**
 * What a run is called: the name of its configuration, which may be cut, and its seed, which is never cut: `relu · adam
 * · seed 1`.
 * @param configuration where empty, the seed alone names the run
 * @param seed as the reader's language says it
 * @param most how many characters the name may have
 */
export function runName(configuration: string, seed: string, most = Number.POSITIVE_INFINITY): string {
  if (configuration === '') return seed;
  const end = `${LEVEL_SEPARATOR}${seed}`;
  return `${cutMiddle(configuration, most - end.length)}${end}`;
}
