'use client';

import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { MOST_OWN_BYTES, type OwnData, type OwnSource } from '../model/own-data.ts';
import { PointPad } from './point-pad.tsx';
import type { useOwnData } from './use-own-data.ts';

interface Props {
  readonly source: OwnSource;
  readonly own: ReturnType<typeof useOwnData>;
  /** What is trained on; null where it is missing. */
  readonly data: OwnData | null;
}

/** Where the reader draws points or chooses a file, and saves the file that the command trains on. */
export function OwnDataPanel({ source, own, data }: Props) {
  const t = useTranslations('labs.own');
  const file = data?.file;
  const save = async () => {
    if (!file) return;
    const { download } = await import('#src/charts/chart-exports.ts');
    download(file.name, new Blob([file.bytes], { type: 'text/csv;charset=utf-8' }));
  };
  return (
    <section className="mt-6" aria-label={t('title')} data-own={source}>
      <h2 className="mb-2 font-medium">{t('title')}</h2>
      <p className="mb-3 text-small text-muted">{t('note')}</p>
      {source === 'drawn' ? <PointPad points={own.points} onDraw={own.draw} /> : <FileInput own={own} />}
      {!data && (
        <p role="status" className="mt-2 text-small text-caution">
          {t(source === 'drawn' ? 'tooFew' : 'noFile')}
        </p>
      )}
      {source === 'drawn' && (
        <button type="button" className="button mt-2" disabled={!file} onClick={() => void save()}>
          {t('save')}
        </button>
      )}
    </section>
  );
}

function FileInput({ own: { setFile, label, setLabel } }: Pick<Props, 'own'>) {
  const t = useTranslations('labs.own');
  const id = useId();
  const [size, setSize] = useState<number | null>(null);
  const choose = async (chosen: File | undefined) => {
    const isTooLarge = chosen !== undefined && chosen.size > MOST_OWN_BYTES;
    setSize(isTooLarge ? chosen.size : null);
    if (!chosen || isTooLarge) setFile(null);
    else setFile({ name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) });
  };
  return (
    <div className="grid gap-3">
      <div>
        <label htmlFor={`${id}-file`} className="mb-1 block text-small text-muted">
          {t('file')}
        </label>
        <input
          id={`${id}-file`}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          className="w-full text-small"
          onChange={({ target }) => void choose(target.files?.[0])}
        />
        {size !== null && (
          <p role="alert" className="mt-1 text-small text-alarm">
            {t('tooLarge', { size: (size / 1e6).toFixed(1), most: String(MOST_OWN_BYTES / 1e6) })}
          </p>
        )}
      </div>
      <div>
        <label htmlFor={`${id}-label`} className="mb-1 block text-small text-muted">
          {t('label')}
        </label>
        <input
          id={`${id}-label`}
          className="field w-full"
          autoComplete="off"
          value={label}
          onChange={({ target }) => setLabel(target.value)}
        />
      </div>
    </div>
  );
}
