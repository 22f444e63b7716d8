'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import type { MediaFile, MediaGroup } from '#src/contract/media.ts';
import { useSize } from '#src/i18n/use-size.ts';
import type { MediaRow, MediaRun } from '../model/at-step.ts';
import { DocumentContent } from './document-content.tsx';

interface Props {
  readonly row: MediaRow;
  readonly runs: readonly MediaRun[];
}

/** A document of one run or of several, which is read when it is opened. */
export function DocumentRow({ row: { key, groups }, runs }: Props) {
  const size = useSize();
  const [open, setOpen] = useState(false);
  const found = groups.flatMap((group) => group ?? []);
  const [first] = found;
  const bytes = found.reduce((sum, { files }) => sum + (files.at(-1)?.size ?? 0), 0);
  return (
    <li className="border-t border-line last:border-b">
      <button
        type="button"
        className="flex min-h-10 w-full items-center gap-3 text-start text-small"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true" className="shrink-0">
          <path d={open ? 'M0 2h8L4 7z' : 'M2 0v8l5-4z'} fill="currentColor" />
        </svg>
        <bdi className="min-w-0 flex-1 truncate font-mono text-ink" title={key}>
          {key}
        </bdi>
        <span className="hidden flex-none font-mono text-muted sm:block">{first?.mediaType}</span>
        <span className="w-20 flex-none text-end text-muted tabular-nums">{size(bytes)}</span>
      </button>
      {open && (
        <div className="pt-1 pb-6">
          {groups.map((group, i) =>
            group ? (
              <DocumentOfRun
                key={group.runId}
                group={group}
                {...(runs.length > 1 ? { title: runs[i]?.name ?? group.runId } : {})}
              />
            ) : null,
          )}
        </div>
      )}
    </li>
  );
}

/** The document of one run: of several steps the latest, or the one that is chosen. */
function DocumentOfRun({
  group: { runId, key, files },
  title,
}: {
  readonly group: MediaGroup;
  readonly title?: string;
}) {
  const t = useTranslations('media');
  const { artifactUrl } = useReach();
  const [chosen, setChosen] = useState<number | null>(null);
  const file = files.find(({ id }) => id === chosen) ?? (files.at(-1) as MediaFile);
  return (
    <div className="mt-2 first:mt-0">
      <div className="mb-2 flex flex-wrap items-center gap-4 text-small">
        {title !== undefined && <bdi className="min-w-0 truncate font-medium">{title}</bdi>}
        {files.length > 1 && (
          <label className="flex items-center gap-2 text-muted">
            {t('stepOf')}
            <select
              className="field !min-h-8 !py-0"
              value={file.id}
              onChange={(event) => setChosen(Number(event.target.value))}
            >
              {files.map(({ id, step }) => (
                <option key={id} value={id}>
                  {step === null ? '–' : String(step)}
                </option>
              ))}
            </select>
          </label>
        )}
        <a
          className="link"
          href={`${artifactUrl(runId, file.id)}?v=${file.version}`}
          download={key.split('/').at(-1)}
          aria-label={t('downloadOf', { file: key })}
        >
          {t('download')}
        </a>
      </div>
      <DocumentContent runId={runId} file={file} label={key} />
    </div>
  );
}
