'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import type { MediaFile } from '#src/contract/media.ts';

interface Props {
  readonly runId: string;
  readonly file: MediaFile;
  readonly title: string;
}

/** An image, which opens in full size. */
export function ImageFigure({ runId, file, title }: Props) {
  const t = useTranslations('media');
  const { artifactUrl } = useReach();
  const [failed, setFailed] = useState<string | null>(null);
  const url = `${artifactUrl(runId, file.id)}?v=${file.version}`;
  const step = file.step === null ? '' : t('step', { step: String(file.step) });
  return (
    <figure className="min-w-0" data-media={file.id}>
      <figcaption className="mb-2 flex justify-between gap-4 text-small">
        <bdi className="min-w-0 truncate" title={title}>
          {title}
        </bdi>
        <span className="flex-none text-muted tabular-nums">{step}</span>
      </figcaption>
      {failed === url ? (
        <p className="grid h-40 place-items-center rounded-[6px] border border-line p-4 text-small text-caution">
          {t('unreadable.contents')}
        </p>
      ) : (
        <a href={url} target="_blank" rel="noopener" className="block rounded-[6px] border border-line bg-sunk">
          <img
            src={url}
            alt={[title, step].filter(Boolean).join(', ')}
            loading="lazy"
            decoding="async"
            className="mx-auto h-auto max-h-96 min-h-16 max-w-full object-contain [image-rendering:auto]"
            onError={() => setFailed(url)}
          />
        </a>
      )}
    </figure>
  );
}
