import type { Metadata } from 'next';
import { ExperimentActions } from '#src/features/experiments/experiment-actions.tsx';
import { ExperimentView } from '#src/features/experiments/experiment-view.tsx';
import { ReportLink } from '#src/features/report/report-link.tsx';
import { firstPaint } from '#src/features/runs-table/model/first-paint.ts';
import { ShareDialog } from '#src/features/share/share-dialog.tsx';
import { localePath } from '#src/i18n/locales.ts';
import { studyOutline } from '#src/i18n/study-outline.ts';
import { translator } from '#src/i18n/translator.ts';
import { ownerContext } from '#src/server/access/context.ts';
import { createCaller } from '#src/server/router.ts';
import { Notes } from '#src/ui/notes.tsx';
import { PageLink } from '#src/ui/page-link.tsx';
import { localeOf, orNotFound } from '../../../page-props.ts';

interface Props {
  readonly params: Promise<{ locale: string; id: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { id } = await params;
  const caller = createCaller(await ownerContext());
  const { name } = await orNotFound(caller.experiments.get({ experimentId: id }));
  return { title: name };
}

/** An experiment with its runs. */
export default async function ExperimentPage({ params, searchParams }: Props) {
  const { id } = await params;
  const locale = await localeOf(params);
  const readAt = Date.now();
  const caller = createCaller(await ownerContext());
  const experiment = await orNotFound(caller.experiments.get({ experimentId: id }));
  const first = await firstPaint(caller, experiment, await searchParams);
  return (
    <ExperimentView
      key={experiment.id}
      experiment={experiment}
      outline={studyOutline(locale, experiment.study)}
      first={first}
      readAt={readAt}
      actions={
        <div className="flex items-center gap-2">
          {experiment.runs > 1 && (
            <PageLink className="button" href={localePath(locale, `/compare?experiment=${experiment.id}`)}>
              {translator(locale)('experiment.compareAll')}
            </PageLink>
          )}
          <ReportLink locale={locale} of={experiment.id} />
          <ShareDialog of={{ experimentId: experiment.id }} />
          <ExperimentActions experiment={experiment} />
        </div>
      }
      notes={experiment.notes === '' ? undefined : <Notes notes={experiment.notes} />}
    />
  );
}
