import type { Locale } from '#src/i18n/locales.ts';
import { translator } from '#src/i18n/translator.ts';

interface Props {
  readonly locale: Locale;
  /** The id of an experiment, or `course`. */
  readonly of: string;
}

/** Saves a report to hand in as one HTML file, in the reader's language. */
export function ReportLink({ locale, of }: Props) {
  const t = translator(locale);
  return (
    <a className="button" href={`/api/report/${of}?lang=${locale}`} download title={t('report.about')}>
      {t('report.button')}
    </a>
  );
}
