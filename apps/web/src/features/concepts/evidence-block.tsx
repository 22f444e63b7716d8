'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'use-intl/react';
import { localePath } from '#src/i18n/locales.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { Command } from '#src/ui/command.tsx';
import { PageLink } from '#src/ui/page-link.tsx';
import { ClaimsNote, ClaimsView } from './claims-view.tsx';
import { useConceptRecord, usePrediction } from './concept-record.tsx';
import { comparisonAddress } from './model/evidence-links.ts';
import { MeasuredTable } from './views/measured-table.tsx';

// A page without runs has no charts, and one with runs shows its text before them.
const EvidencePictures = dynamic(
  () => import('./views/evidence-pictures.tsx').then(({ EvidencePictures }) => EvidencePictures),
  { ssr: false },
);

/** What the recorded runs of the page's study reached and what they say of each claim, or the command to record some. */
export function EvidenceBlock() {
  const t = useTranslations('evidence');
  const claimed = useTranslations('claims');
  const { locale } = useFormat();
  const recorded = useConceptRecord();
  const [predicted] = usePrediction();
  if (!recorded) return null;
  const { study, trains, evidence } = recorded;
  if (!evidence) {
    return (
      <section className="my-8 border-y border-line py-6" aria-label={t('title')} data-evidence="none">
        <p className="font-medium">{t(trains ? 'noneTitle' : 'noneShownTitle')}</p>
        <p className="mt-1 mb-3 text-muted">{t(trains ? 'noneBody' : 'noneShownBody')}</p>
        <Command text={`npx whorl course --quick --only ${study}`} />
      </section>
    );
  }
  const { experiment, claims, measured } = evidence;
  return (
    <section className="my-8 border-y border-line py-6" aria-label={t('title')} data-evidence={study}>
      {predicted !== null && (
        <p className="mb-3" data-predicted>
          {t('predicted', { option: predicted })}
        </p>
      )}
      {measured && <MeasuredTable experimentId={experiment.id} measured={measured} />}
      <p className="mt-3 mb-6 text-small text-muted">
        {claimed.rich('source', {
          experiment: () => (
            <PageLink key="experiment" className="link" href={localePath(locale, `/experiments/${experiment.id}`)}>
              {experiment.name}
            </PageLink>
          ),
        })}
        <ClaimsNote claims={claims} />
        {measured && (
          <>
            {' '}
            <PageLink className="link" href={localePath(locale, comparisonAddress(experiment.id, measured))}>
              {t('compare')}
            </PageLink>
          </>
        )}
      </p>
      {measured && measured.pictures.length > 0 && <EvidencePictures measured={measured} />}
      <h3 className="mb-3 font-semibold">{claimed('conceptTitle')}</h3>
      <ClaimsView claims={claims} />
    </section>
  );
}
