'use client';

import { type ReactNode, useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { RunDetail } from '#src/contract/schemas.ts';
import { type CodeState, placeFacts } from '../model/place-facts.ts';
import { ValueTree } from './value-tree.tsx';

interface Props {
  readonly run: Pick<RunDetail, 'engine' | 'mode' | 'environment' | 'tags'>;
}

/** Facts that are shown as text if they are text. */
const WORDS = ['eagerBecause', 'cpu', 'cores', 'threads', 'node', 'whorl'];

/**
 * Where and with what a run was trained. Environments of other programs can hold anything: whatever is unexpected is shown
 * in the tree below.
 */
export function EnvironmentFacts({ run: { engine, mode, environment, tags } }: Props) {
  const t = useTranslations('environment');
  const text = (key: string): string | null => {
    const value = environment[key];
    return typeof value === 'string' || typeof value === 'number' ? shortened(String(value)) : null;
  };
  const place = useMemo(() => placeFacts(environment, tags), [environment, tags]);
  const { git } = place;
  const short = (text: string | null) => text && shortened(text);
  const versions = versionsOf(environment.engineVersions);
  const cores = text('cores');
  const rows: [string, ReactNode][] = [
    [t('git'), git === 'none' ? t('noGit') : git && <Commit key="git" git={git} />],
    [
      t('engine'),
      engine && (
        <span key="engine">
          {engine}
          {versions && <span className="text-muted"> · {versions}</span>}
        </span>
      ),
    ],
    [
      t('steps'),
      mode && (
        <span key="mode">
          {mode === 'compiled' || mode === 'eager' ? t(mode) : mode}
          {text('eagerBecause') && <span className="text-muted"> · {text('eagerBecause')}</span>}
        </span>
      ),
    ],
    [t('script'), short(place.script)],
    [t('command'), place.command && <code className="font-mono">{shortened(place.command)}</code>],
    [t('user'), short(place.user)],
    [t('host'), short(place.host)],
    [t('cpu'), text('cpu') && `${text('cpu')}${cores ? ` · ${t('cores', { count: Number(cores) })}` : ''}`],
    [t('threads'), text('threads')],
    [t('os'), short(place.os)],
    [t('node'), text('node')],
    [t('whorl'), text('whorl')],
  ];
  const isTold = (key: string): boolean =>
    place.said.has(key) || (key === 'engineVersions' ? versions !== null : WORDS.includes(key) && text(key) !== null);
  const rest = Object.fromEntries(Object.entries(environment).filter(([key]) => !isTold(key)));
  const hasRest = Object.keys(rest).length > 0;
  if (!hasRest && rows.every(([, content]) => !content)) return <p className="text-small text-muted">{t('none')}</p>;
  return (
    <>
      <dl className="text-small [font-variant-ligatures:no-contextual]">
        {rows.map(
          ([name, content]) =>
            content && (
              <div
                key={name}
                className="grid min-h-8 grid-cols-[minmax(0,1fr)_minmax(0,3fr)] gap-x-4 border-b border-line py-[5px]"
              >
                <dt className="text-muted">{name}</dt>
                <dd className="[overflow-wrap:anywhere]">{content}</dd>
              </div>
            ),
        )}
      </dl>
      {hasRest && (
        <div className="mt-4">
          <ValueTree label={t('rest')} value={rest} />
        </div>
      )}
    </>
  );
}

const LONGEST = 300;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

function versionsOf(value: unknown): string | null {
  if (value === null || typeof value !== 'object') return null;
  return shortened(
    Object.entries(value)
      .map(([name, version]) => `${name} ${String(version)}`)
      .join(', '),
  );
}

function Commit({ git: { commit, dirty, branch } }: { readonly git: CodeState }) {
  const t = useTranslations('environment');
  return (
    <>
      <code className="font-mono" title={shortened(commit)}>
        {commit.slice(0, 12)}
      </code>{' '}
      {branch !== null && <span className="text-muted">{t('branch', { branch: shortened(branch) })}</span>}
      {dirty === true && <span className="text-caution">{t('dirty')}</span>}
      {dirty === false && <span className="text-muted">{t('clean')}</span>}
    </>
  );
}
