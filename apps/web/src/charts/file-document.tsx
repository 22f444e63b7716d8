'use client';

import { type ReactNode, useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { readJson, useFiles } from './use-pictures.ts';

interface Props<T> {
  readonly url: string;
  /** What the file is called, and how it is read. */
  readonly kind: {
    readonly name: string;
    readonly document: { safeParse(read: unknown): { success: true; data: T } | { success: false } };
  };
  readonly children: (document: T) => ReactNode;
}

/** What a run's file holds, drawn; meanwhile that it is being read, and else that it cannot be. */
export function FileDocument<T>({ url, kind: { name, document }, children }: Props<T>) {
  const t = useTranslations('probes');
  const { get, failed } = useFiles(useMemo(() => [url], [url]));
  const bytes = get(url);
  const read = useMemo(() => (bytes ? document.safeParse(readJson(bytes)) : null), [bytes, document]);
  if (!read) return <p className="min-h-80 text-small text-muted">{failed ? t('failed') : t('reading')}</p>;
  return read.success ? children(read.data) : <p className="text-small text-caution">{t('unreadable', { name })}</p>;
}
