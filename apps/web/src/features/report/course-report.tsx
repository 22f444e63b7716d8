import type { Locale } from '#src/i18n/locales.ts';
import { translator } from '#src/i18n/translator.ts';
import { Command } from '#src/ui/command.tsx';
import { ReportLink } from './report-link.tsx';

interface Props {
  readonly locale: Locale;
}

/** The course's homework, filled in from the record: to save here, or to write as Markdown in a terminal. */
export function CourseReport({ locale }: Props) {
  const t = translator(locale);
  return (
    <section className="mt-12" aria-labelledby="course-report">
      <h2 id="course-report" className="text-title font-semibold">
        {t('report.course')}
      </h2>
      <p className="mt-1 mb-4 text-pretty text-muted">{t('report.courseAbout')}</p>
      <ReportLink locale={locale} of="course" />
      <p className="mt-6 mb-3 text-small text-muted">{t('report.inTerminal')}</p>
      <Command text={`npx whorl report course --for csdn --lang ${locale}`} />
    </section>
  );
}
