'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import { fileName } from '#src/charts/chart-exports.ts';
import type { Artifact } from '#src/contract/artifact.ts';
import { DeleteFile } from '#src/features/deletion/delete-file.tsx';
import { useSize } from '#src/i18n/use-size.ts';
import { Scroller } from '#src/ui/scroller.tsx';
import { Section } from '#src/ui/section.tsx';

/** A run's files. */
export function useArtifacts(runId: string) {
  const trpc = useTRPC();
  return useQuery(trpc.artifacts.list.queryOptions({ runIds: [runId] }));
}

interface Props {
  readonly artifacts: readonly Artifact[] | undefined;
}

/** The files of a run. Those with the same name are grouped. */
export function RunArtifacts({ artifacts }: Props) {
  const t = useTranslations('artifacts');
  const groups = useMemo(() => {
    const byName = new Map<string, Artifact[]>();
    for (const artifact of artifacts ?? []) byName.set(artifact.name, [...(byName.get(artifact.name) ?? []), artifact]);
    return [...byName];
  }, [artifacts]);
  return (
    <Section title={t('title')} note={t('note')}>
      {artifacts === undefined || groups.length === 0 ? (
        <p className="text-small text-muted">{artifacts === undefined ? t('reading') : t('none')}</p>
      ) : (
        <Scroller label={t('table')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('name')}</th>
                <th scope="col">{t('type')}</th>
                <th scope="col" className="number">
                  {t('size')}
                </th>
                <th scope="col">SHA-256</th>
                <th scope="col">
                  <span className="sr-only">{t('download')}</span>
                </th>
              </tr>
            </thead>
            {groups.map(([name, files]) => (
              <Group key={name} name={name} files={files} />
            ))}
          </table>
        </Scroller>
      )}
    </Section>
  );
}

function Group({ name, files }: { readonly name: string; readonly files: readonly Artifact[] }) {
  const t = useTranslations('artifacts');
  const size = useSize();
  const [open, setOpen] = useState(false);
  const [only, ...others] = files;
  if (only && others.length === 0) {
    return (
      <tbody>
        <File artifact={only} label={name} />
      </tbody>
    );
  }
  const types = [...new Set(files.map(({ mediaType }) => mediaType))];
  return (
    <tbody>
      <tr>
        <th scope="row">
          <button
            type="button"
            className="inline-flex min-h-6 items-center gap-2"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true" className="shrink-0">
              <path d={open ? 'M0 2h8L4 7z' : 'M2 0v8l5-4z'} fill="currentColor" />
            </svg>
            <bdi className="font-mono text-ink">{name}</bdi>
            <span>{t('files', { count: files.length })}</span>
          </button>
        </th>
        <td className="font-mono text-muted">{types.join(', ')}</td>
        <td className="number">{size(files.reduce((sum, file) => sum + file.size, 0))}</td>
        <td />
        <td className="number">{only && <DeleteFile runId={only.runId} name={name} count={files.length} />}</td>
      </tr>
      {open &&
        files.map((file) => (
          <File key={file.id} artifact={file} label={t('step', { step: String(file.step) })} inside />
        ))}
    </tbody>
  );
}

interface FileProps {
  readonly artifact: Artifact;
  readonly label: string;
  /** Whether the row is below that of its group. */
  readonly inside?: boolean;
}

function File({ artifact: { id, runId, name, step, mediaType, size, sha256 }, label, inside = false }: FileProps) {
  const t = useTranslations('artifacts');
  const { artifactUrl } = useReach();
  const show = useSize();
  const saved = `${fileName(name)}${step >= 0 ? `-${step}` : ''}${extensionOf(mediaType)}`;
  return (
    <tr data-artifact={id}>
      <th scope="row" className={inside ? '!pl-4 !font-normal' : ''}>
        <bdi className={inside ? '' : 'font-mono text-ink'}>{label}</bdi>
      </th>
      <td className="font-mono text-muted">{mediaType}</td>
      <td className="number">{show(size)}</td>
      <td className="max-w-[20ch] truncate font-mono text-muted" title={sha256}>
        {sha256}
      </td>
      <td className="number">
        <a
          className="link"
          href={artifactUrl(runId, id)}
          download={saved}
          aria-label={t('downloadOf', { file: saved })}
        >
          {t('download')}
        </a>
        {!inside && (
          <span className="ml-4">
            <DeleteFile runId={runId} name={name} count={1} />
          </span>
        )}
      </td>
    </tr>
  );
}

/** The file extension for a media type. */
const extensionOf = (mediaType: string): string =>
  ({ 'application/json': '.json', 'text/plain': '.txt', 'text/csv': '.csv', 'image/png': '.png' })[
    mediaType.split(';')[0] ?? ''
  ] ?? '.bin';
