import { useTranslations } from 'use-intl/react';

/** Of how many runs a map is: where runs end or log at other steps, not each of its columns is of all of them. */
export function useRunsText(): (ofColumns: readonly number[], runs: number) => string {
  const t = useTranslations('comparison');
  return (ofColumns, runs) => {
    const fewest = Math.min(runs, ...ofColumns.filter((count) => count > 0));
    return fewest < runs ? t('runsFromTo', { from: fewest, to: runs }) : t('runsN', { count: runs });
  };
}
