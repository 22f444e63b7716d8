import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { toExperimentName, toProgramId } from '#src/features/programs/model/programs.ts';
import { ProgramPage } from '#src/features/programs/program-page.tsx';
import { translator } from '#src/i18n/translator.ts';
import { isGuarded } from '#src/server/access/sign-in.ts';
import { localeOf } from '../../page-props.ts';

interface Props {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator(await localeOf(params))('programs.title') };
}

/** What to add to a program so that it logs here, with the address at which the reader has reached this server. */
export default async function LogPage({ params, searchParams }: Props) {
  const asked = await headers();
  const url = `${asked.get('x-forwarded-proto') ?? 'http'}://${asked.get('host')}`;
  const { program, experiment } = await searchParams;
  return (
    <ProgramPage
      locale={await localeOf(params)}
      program={toProgramId([program].flat()[0] ?? null)}
      place={{ url, guarded: isGuarded(), experiment: toExperimentName([experiment].flat()[0] ?? null) }}
    />
  );
}
