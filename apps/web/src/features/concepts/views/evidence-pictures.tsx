'use client';

import { useQueries } from '@tanstack/react-query';
import { CALIBRATION } from '@whorl/core';
import { type ReactNode, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import { FileDocument } from '#src/charts/file-document.tsx';
import { ReliabilityChart } from '#src/charts/reliability-chart.tsx';
import type { MeasuredEvidence } from '#src/contract/evidence.ts';
import { Boundaries } from '#src/features/boundaries/boundaries.tsx';
import { useFrames } from '#src/features/boundaries/use-frames.ts';
import { LayerMaps } from '#src/features/layers/layer-maps.tsx';
import { useNearView } from '#src/ui/use-near-view.ts';
import { type Pictured, picturedRows } from '../model/pictured.ts';

interface Shown {
  readonly rows: readonly Pictured[];
  /** Said where not every configuration is shown. */
  readonly cut: string | null;
}

/** What the recorded runs of each configuration looked like: boundaries, gradients of the layers, reliability. */
export function EvidencePictures({ measured }: { readonly measured: MeasuredEvidence }) {
  const t = useTranslations('evidence');
  const { shown, count } = useMemo(() => picturedRows(measured), [measured]);
  if (shown.length === 0) return null;
  const cut = count > shown.length ? t('picturesFirst', { shown: shown.length, count }) : null;
  return measured.pictures.map((kind) => (
    <Near key={kind} kind={kind}>
      {kind === 'boundary' && <BoundaryPictures rows={shown} cut={cut} />}
      {kind === 'gradients' && (
        <>
          <LayerMaps measure="gradientNorm" groups={shown} />
          {cut && <p className="mt-2 text-small text-muted">{cut}</p>}
        </>
      )}
      {kind === 'calibration' && <CalibrationPictures rows={shown} cut={cut} />}
    </Near>
  ));
}

/** Nothing is asked for pictures that nobody comes near to. */
function Near({ kind, children }: { readonly kind: string; readonly children: ReactNode }) {
  const host = useRef<HTMLDivElement>(null);
  const isNear = useNearView(host);
  return (
    <div ref={host} className="my-8 min-h-40" data-pictures={kind}>
      {isNear && children}
    </div>
  );
}

/** By the run with the smallest seed of each. */
function BoundaryPictures({ rows, cut }: Shown) {
  const t = useTranslations('evidence');
  const runs = useMemo(() => rows.map(({ runIds: [id], name, look }) => ({ run: { id }, name, look })), [rows]);
  const { frames, points, accuracies, reading } = useFrames(runs, true);
  return (
    <Boundaries
      title={t('boundaries')}
      note={[t('boundariesNote'), cut].filter(Boolean).join(' ')}
      {...{ runs, frames, points, accuracies, reading }}
    />
  );
}

/** By the run with the smallest seed of each. */
function CalibrationPictures({ rows, cut }: Shown) {
  const t = useTranslations('evidence');
  const trpc = useTRPC();
  const { artifactUrl } = useReach();
  const files = useQueries({
    queries: rows.map(({ runIds: [id] }) => trpc.artifacts.list.queryOptions({ runIds: [id] })),
  });
  return (
    <>
      <h3 className="font-medium">{t('reliability')}</h3>
      <p className="mt-1 mb-4 text-small text-muted">{[t('reliabilityNote'), cut].filter(Boolean).join(' ')}</p>
      <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
        {rows.map(({ key, name, runIds: [id] }, i) => {
          const file = files[i]?.data?.find((artifact) => artifact.name === CALIBRATION.name);
          return (
            file && (
              <FileDocument key={key} url={artifactUrl(id, file.id)} kind={CALIBRATION}>
                {(calibration) => <ReliabilityChart title={name} calibration={calibration} isBrief />}
              </FileDocument>
            )
          );
        })}
      </div>
    </>
  );
}
