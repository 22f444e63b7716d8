import { getStudy } from '@whorl/core';
import { ClaimList } from '#src/components/ui/claim-list.tsx';
import { Command } from '#src/components/ui/command.tsx';
import { PageLink } from '#src/components/ui/page-link.tsx';
import { type Locale, localePath } from '#src/i18n/locales.ts';
import { momentText } from '#src/i18n/moment-text.ts';
import { translator } from '#src/i18n/translator.ts';
import { evidenceOf } from '#src/server/claims.ts';
import { ownerContext } from '#src/server/context.ts';

interface Props {
  readonly locale: Locale;
  readonly study: string;
}

/** What the recorded runs say of each of the study's claims, or how to record some. */
export async function StudyEvidence({ locale, study: id }: Props) {
  const t = translator(locale);
  const { store, timeZone } = await ownerContext();
  const evidence = await evidenceOf(store, getStudy(id));
  return (
    <section
      className="mt-12 border-t border-line pt-6"
      aria-label={t('claims.conceptTitle')}
      data-evidence={evidence ? id : 'none'}
    >
      <h2 className="text-title font-semibold">{t('claims.conceptTitle')}</h2>
      {evidence?.claims.at ? (
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
            {t('claims.basis', {
              runs: evidence.claims.runs,
              seeds: evidence.claims.seeds,
              date: momentText(evidence.claims.at, timeZone),
            })}
          </p>
          <ClaimList
            claims={evidence.claims.claims.map(({ claim, outcome, verdict }) => ({
              outcome,
              claim: claim[locale],
              verdict: verdict[locale],
            }))}
            words={{ shown: t('claims.shown'), refuted: t('claims.refuted'), undecided: t('claims.undecided') }}
          />
        </>
      ) : (
        <>
          <p className="mt-1 mb-3 text-muted">{t('claims.none')}</p>
          <Command text={`npx whorl run course --only ${id}`} />
        </>
      )}
    </section>
  );
}
