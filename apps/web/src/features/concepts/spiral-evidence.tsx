import { summaryFormat } from '@whorl/core';
import type { ConceptEvidence } from '#src/contract/evidence.ts';
import { type Locale, localePath } from '#src/i18n/locales.ts';
import { translator } from '#src/i18n/translator.ts';
import { Command } from '#src/ui/command.tsx';
import { PageLink } from '#src/ui/page-link.tsx';

interface Props {
  readonly locale: Locale;
  /** Null where no run of the study is recorded. */
  readonly evidence: ConceptEvidence | null;
}

/** The recorded runs of the spiral study beside what the course reports, or the command to record some. */
export function SpiralEvidence({ locale, evidence }: Props) {
  const t = translator(locale);
  if (!evidence) {
    return (
      <aside className="my-8 border-y border-line py-6" aria-label={t('evidence.title')}>
        <p className="font-medium">{t('evidence.noneTitle')}</p>
        <p className="mt-1 mb-3 text-muted">{t('evidence.noneBody')}</p>
        <Command text="npm start" />
      </aside>
    );
  }
  const { experiment, rows } = evidence;
  const number = summaryFormat(rows.map(({ measured }) => measured));
  const link = localePath(locale, `/experiments/${experiment.id}`);
  return (
    <figure className="my-8 border-y border-line py-6" aria-label={t('evidence.title')} data-evidence="spiral">
      <div className="overflow-x-auto">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('evidence.configuration')}</th>
              <th scope="col" className="number">
                {t('evidence.runs')}
              </th>
              <th scope="col" className="number">
                {t('evidence.measured')}
              </th>
              <th scope="col" className="number">
                {t('evidence.reported')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, measured, reported }) => (
              <tr key={label}>
                <th scope="row" className="!text-ink">
                  {label}
                </th>
                <td className="number">{measured?.n ?? 0}</td>
                <td className="number">
                  {measured ? number(measured.mean) : <span className="text-muted">{t('evidence.notRun')}</span>}
                  {measured?.sd != null && <span className="text-muted"> ± {number(measured.sd)}</span>}
                </td>
                <td className="number">{reported === null ? '–' : String(reported)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <figcaption className="mt-3 text-small text-muted">
        {t.rich('evidence.source', {
          experiment: () => (
            <PageLink key="experiment" className="link" href={link}>
              {experiment.name}
            </PageLink>
          ),
        })}
      </figcaption>
    </figure>
  );
}
