'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { MediaContent, MediaFile } from '#src/contract/media.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { Scroller } from '#src/ui/scroller.tsx';

/** Loaded on demand, because most documents are no Markdown. */
const Markdown = dynamic(() => import('#src/ui/markdown.tsx').then(({ Markdown }) => Markdown));

interface Props {
  readonly runId: string;
  readonly file: MediaFile;
  readonly label: string;
}

/** What a document holds. Markdown has no HTML of its own, and everything else is shown as text. */
export function DocumentContent({ runId, file: { id, version }, label }: Props) {
  const t = useTranslations('media');
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.media.content.queryOptions({ runIds: [runId], id, version }));
  if (!data) {
    return (
      <p className={`min-h-16 text-small ${error ? 'text-alarm' : 'text-muted'}`}>
        {error ? t('failed', { message: error.message }) : t('reading')}
      </p>
    );
  }
  return <Content content={data} label={label} />;
}

function Content({ content, label }: { readonly content: MediaContent; readonly label: string }) {
  const t = useTranslations('media');
  const { whole } = useFormat();
  switch (content.kind) {
    case 'table':
      return (
        <>
          <Scroller label={label}>
            <table className="table !w-auto">
              <thead>
                <tr>
                  {content.columns.map((name, i) => (
                    <th key={i} scope="col">
                      <bdi>{name}</bdi>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {content.rows.map((row, i) => (
                  <tr key={i}>
                    {row.map((cell, j) => (
                      <td key={j} className="max-w-[32ch] truncate" title={cell}>
                        <bdi>{cell}</bdi>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroller>
          <p className="mt-2 text-small text-muted">
            {content.total === null
              ? t('firstRows', { shown: whole(content.rows.length) })
              : t('rows', {
                  shown: whole(content.rows.length),
                  total: whole(content.total),
                  isAll: String(content.rows.length === content.total),
                })}
          </p>
        </>
      );
    case 'markdown':
    case 'text':
      return (
        <>
          {content.kind === 'markdown' ? (
            <div className="max-w-[48rem]">
              <Markdown text={content.text} />
            </div>
          ) : (
            <Scroller label={label}>
              <pre className="max-h-[32rem] overflow-auto rounded-[6px] border border-line bg-sunk p-4 font-mono text-small whitespace-pre">
                {content.text}
              </pre>
            </Scroller>
          )}
          {content.isCut && <p className="mt-2 text-small text-muted">{t('isCut')}</p>}
        </>
      );
    default:
      return (
        <p className="text-small text-caution">
          {t(content.kind === 'unreadable' ? `unreadable.${content.why}` : 'unreadable.contents')}
        </p>
      );
  }
}
