'use client';

import { useTranslations } from 'use-intl/react';
import { localePath } from '#src/i18n/locales.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { PageLink } from '#src/ui/page-link.tsx';
import { useConceptRecord } from './concept-record.tsx';
import { asWritten, exponentOf } from './model/as-written.ts';
import { runsAddress } from './model/evidence-links.ts';

interface Props {
  /** Its name among the page's figures. */
  readonly of: string;
  /** The figure as the page was written. */
  readonly children: string;
}

/**
 * A number in a sentence that comes from runs: the recorded mean where there are any, with a link to them, else the figure as
 * it was written. Where the runs speak against the sentence it says so.
 */
export function MeasuredNumber({ of, children: written }: Props) {
  const t = useTranslations('evidence');
  const { locale } = useFormat();
  const recorded = useConceptRecord();
  const figure = recorded?.figures[of];
  const evidence = recorded?.evidence;
  if (!figure || !evidence?.measured) {
    return (
      <span data-measured={of} title={t('asWritten')}>
        <Figure text={written} />
      </span>
    );
  }
  const { mean, n, without, isContradicted } = figure;
  const text = mean === null ? written : asWritten(written, mean);
  const title = mean === null ? t('withoutNumber', { count: without, written }) : t('fromRuns', { n, written });
  return (
    <span data-measured={of} data-contradicted={isContradicted || undefined}>
      <PageLink
        className={isContradicted ? 'link !text-alarm' : 'link'}
        href={localePath(locale, runsAddress(evidence.experiment.id, evidence.measured, figure))}
        title={title}
      >
        <Figure text={text} />
      </PageLink>
      {isContradicted && (
        <strong className="text-small text-alarm">{t(mean === null ? 'noneHas' : 'noLonger', { written })}</strong>
      )}
    </span>
  );
}

/** A number, a power of ten as one. */
function Figure({ text }: { readonly text: string }) {
  const exponent = exponentOf(text);
  return exponent === null ? (
    text
  ) : (
    <>
      10<sup>{exponent}</sup>
    </>
  );
}
