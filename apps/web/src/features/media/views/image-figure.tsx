'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import type { MediaFile } from '#src/contract/media.ts';

interface Props {
  readonly runId: string;
  readonly file: MediaFile;
  /** The image of the next step, which is loaded before it is shown. */
  readonly ahead: MediaFile | undefined;
  readonly title: string;
}

/** An image, which opens in full size. */
export function ImageFigure({ runId, file, ahead, title }: Props) {
  const t = useTranslations('media');
  const { artifactUrl } = useReach();
  const [failed, setFailed] = useState<string | null>(null);
  const urlOf = ({ id, version }: MediaFile) => `${artifactUrl(runId, id)}?v=${version}`;
  const url = urlOf(file);
  const next = ahead && urlOf(ahead);
  useEffect(() => {
    if (next !== undefined) new Image().src = next;
  }, [next]);
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
