import { useTranslations } from 'use-intl/react';

/** Says how many runs a map is of. Where runs end early or log at other steps, some columns are of fewer runs. */
export function useRunsText(): (ofColumns: readonly number[], runs: number) => string {
  const t = useTranslations('comparison');
  return (ofColumns, runs) => {
    const fewest = Math.min(runs, ...ofColumns.filter((count) => count > 0));
    return fewest < runs ? t('runsFromTo', { from: fewest, to: runs }) : t('runsN', { count: runs });
  };
}
