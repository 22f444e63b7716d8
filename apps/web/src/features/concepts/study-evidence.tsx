import { getStudy } from '@whorl/core';
import type { StudyEvidence as Evidence } from '#src/contract/evidence.ts';
import { type Locale, localePath } from '#src/i18n/locales.ts';
import { translator } from '#src/i18n/translator.ts';
import { Command } from '#src/ui/command.tsx';
import { PageLink } from '#src/ui/page-link.tsx';
import { ClaimsNote, ClaimsView } from './claims-view.tsx';

interface Props {
  readonly locale: Locale;
  readonly study: string;
  /** Null where nothing of the study is recorded. */
  readonly evidence: Evidence | null;
}

/** What the recorded runs say about each claim of a study, or the command to record some. */
export function StudyEvidenceView({ locale, study: id, evidence }: Props) {
  const t = translator(locale);
  const study = getStudy(id);
  return (
    <section
      className="mt-12 border-t border-line pt-6"
      aria-label={t('claims.conceptTitle')}
      data-evidence={evidence ? id : 'none'}
    >
      <h2 className="text-title font-semibold">{t('claims.conceptTitle')}</h2>
      {evidence ? (
        <>
          <p className="mt-1 mb-4 text-small text-muted">
            {t.rich('claims.source', {
              experiment: () => (
                <PageLink
                  key="experiment"
                  className="link"
                  href={localePath(locale, `/experiments/${evidence.experiment.id}`)}
                >
                  {evidence.experiment.name}
                </PageLink>
              ),
            })}
            <ClaimsNote claims={evidence.claims} />
          </p>
          <ClaimsView claims={evidence.claims} />
        </>
      ) : (
        <>
          <p className="mt-1 mb-3 text-muted">{t(study.kind === 'training' ? 'claims.none' : 'claims.noneShown')}</p>
          <Command text={`npx whorl course --only ${id}`} />
        </>
      )}
    </section>
  );
}
