'use client';

import { useReach } from '#src/api/reach.tsx';
import { Swatch } from '#src/charts/swatch.tsx';
import { CutName } from '#src/ui/cut-name.tsx';
import { PageLink } from '#src/ui/page-link.tsx';
import type { LabelledRun } from './named-run.ts';

interface Props {
  readonly named: LabelledRun;
  /** On how many lines a long name may be written. */
  readonly lines?: 1 | 2;
}

/** A run's name beside its swatch, with a link to its page. */
export function RunLabel({ named: { run, name, look }, lines = 1 }: Props) {
  const { runHref } = useReach();
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <Swatch look={look} />
      <PageLink href={runHref(run.id)} className={`link ${lines === 1 ? 'truncate' : 'line-clamp-2'}`} title={name}>
        <CutName text={name} most={lines === 1 ? 36 : 40} />
      </PageLink>
    </span>
  );
}
