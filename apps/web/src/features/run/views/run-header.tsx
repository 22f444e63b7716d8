'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import type { RunDetail } from '#src/contract/schemas.ts';
import { ConceptLink } from '#src/features/concepts/concept-link.tsx';
import { DeleteRun } from '#src/features/deletion/delete-run.tsx';
import { StopRun } from '#src/features/stop/stop-run.tsx';
import { LiveMark } from '#src/live/live-mark.tsx';
import type { Connection } from '#src/live/live-page.ts';
import { EditableName } from '#src/ui/editable-name.tsx';
import { PageLink } from '#src/ui/page-link.tsx';
import { CompareWith } from './compare-with.tsx';
import type { RunChanges } from './use-run-changes.ts';

interface Props {
  readonly run: Pick<
    RunDetail,
    'id' | 'name' | 'experimentId' | 'archivedAt' | 'source' | 'status' | 'stopRequestedAt'
  >;
  /** Null where the viewer may see the run alone. */
  readonly experimentName: string | null;
  /** Its study, where this version has a page about it. */
  readonly study: string | null;
  readonly connection: Connection | 'complete';
  /** Null for viewers who can only read. */
  readonly changes: RunChanges | null;
  readonly actions?: ReactNode;
}

/** The run's name, links to its experiment and to its neighbours, and what can be done with it. */
export function RunHeader({ run, experimentName, study, connection, changes, actions }: Props) {
  const t = useTranslations('runHeader');
  const { experimentHref, kind } = useReach();
  return (
    <header>
      <div className="mb-1 flex min-h-8 flex-wrap items-center justify-between gap-x-8 gap-y-1 text-small">
        <p className="min-w-0 max-w-full truncate text-muted">
          {experimentName !== null && experimentHref && (
            <PageLink className="link" href={experimentHref(run.experimentId)} title={experimentName}>
              <bdi>{experimentName}</bdi>
            </PageLink>
          )}
          {study !== null && kind === 'owner' && (
            <>
              {' · '}
              <ConceptLink study={study} />
            </>
          )}
        </p>
        {experimentName !== null && <Neighbours runId={run.id} />}
      </div>
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-80 flex-wrap items-center gap-x-4">
          {changes ? (
            <EditableName name={run.name} label={t('rename')} onRename={changes.rename} />
          ) : (
            <h1
              className="line-clamp-3 min-w-0 text-display font-semibold [overflow-wrap:anywhere] sm:line-clamp-2"
              title={run.name}
            >
              <bdi>{run.name}</bdi>
            </h1>
          )}
          <LiveMark connection={connection} training={run.status === 'running'} />
        </div>
        {changes && (
          <div className="flex flex-wrap gap-2">
            <StopRun run={run} />
            <CompareWith run={run} />
            {actions}
            <button type="button" className="button" onClick={() => changes.setArchived(run.archivedAt === null)}>
              {run.archivedAt === null ? t('archive') : t('restore')}
            </button>
            <DeleteRun run={run} />
          </div>
        )}
      </div>
      {run.archivedAt !== null && (
        <p className="mt-2 text-small text-caution">{t(kind === 'owner' ? 'isArchived' : 'isArchivedShared')}</p>
      )}
    </header>
  );
}

/** Links to the runs before and after this one. Their places are kept until they are known. */
function Neighbours({ runId }: { readonly runId: string }) {
  const t = useTranslations('runHeader');
  const { runHref } = useReach();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.neighbours.of.queryOptions({ runIds: [runId] }));
  return (
    <nav aria-label={t('neighbours')} className="flex gap-4 print:hidden">
      {(['older', 'newer'] as const).map((side) => {
        const neighbour = data?.[side];
        return neighbour ? (
          <PageLink
            key={side}
            className="link"
            href={runHref(neighbour.id)}
            title={neighbour.name}
            data-neighbour={side}
          >
            {t(side)}
          </PageLink>
        ) : (
          <span key={side} className={data ? 'text-muted' : 'invisible'}>
            {t(side)}
          </span>
        );
      })}
    </nav>
  );
}
