import type { ReactNode } from 'react';
import { type Locale, localePath } from '#src/i18n/locales.ts';
import { translator } from '#src/i18n/translator.ts';
import { Command } from '#src/ui/command.tsx';
import { PageLink } from '#src/ui/page-link.tsx';
import { type LogPlace, logPath, PROGRAM_IDS, type ProgramId, programOf } from './model/programs.ts';
import { ProgramCode } from './views/program-code.tsx';

interface Props {
  readonly locale: Locale;
  readonly program: ProgramId;
  readonly place: LogPlace;
}

/** How a program of each kind logs here. */
export function ProgramPage({ locale, program: chosen, place }: Props) {
  const t = translator(locale);
  const nameOf = (id: ProgramId) => programOf(id).name ?? t(`programs.names.${id as 'node' | 'browser' | 'files'}`);
  const { shell, code } = programOf(chosen);
  const commands = shell(place);
  const lines = code(place);
  return (
    <>
      <h1 className="text-display font-semibold">{t('programs.title')}</h1>
      <p className="mt-2 max-w-[42rem] text-muted">{t('programs.intro')}</p>
      <div className="mt-8 gap-x-12 md:grid md:grid-cols-[12rem_minmax(0,44rem)]">
        <nav aria-label={t('programs.kinds')}>
          <ul className="flex flex-wrap gap-x-4 gap-y-1 border-b border-line pb-4 md:flex-col md:gap-0 md:border-0 md:pb-0">
            {PROGRAM_IDS.map((id) => (
              <li key={id}>
                <PageLink
                  href={localePath(locale, logPath(id, place.experiment))}
                  aria-current={id === chosen ? 'page' : undefined}
                  className={`block py-1 text-small md:border-s-2 md:ps-3 ${
                    id === chosen
                      ? 'font-medium text-accent md:border-accent'
                      : 'text-muted hover:text-ink md:border-line'
                  }`}
                >
                  {nameOf(id)}
                </PageLink>
              </li>
            ))}
          </ul>
        </nav>
        <section className="mt-6 min-w-0 md:mt-0" aria-label={nameOf(chosen)}>
          <h2 className="text-title font-semibold">{nameOf(chosen)}</h2>
          <p className="mt-2">{t(`programs.notes.${chosen}`)}</p>
          {place.guarded && chosen !== 'files' && (
            <p className="mt-2 text-small text-caution">
              {t(chosen === 'browser' ? 'programs.asksForToken' : 'programs.passesToken')}
            </p>
          )}
          {commands !== null && (
            <Step title={t(chosen === 'files' ? 'programs.inWhorl' : 'programs.inTerminal')}>
              <Command text={commands} />
            </Step>
          )}
          {lines !== null && (
            <Step title={t('programs.inProgram')} note={t('programs.marked')}>
              <ProgramCode code={lines} label={t('programs.inProgram')} />
            </Step>
          )}
          <p className="mt-6 text-small text-muted">{t('programs.then')}</p>
        </section>
      </div>
    </>
  );
}

interface StepProps {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}

function Step({ title, note, children }: StepProps) {
  return (
    <>
      <h3 className="mt-6 mb-2 font-medium">
        {title}
        {note && <span className="ms-3 text-small font-normal text-muted">{note}</span>}
      </h3>
      {children}
    </>
  );
}
