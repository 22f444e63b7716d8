'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';

/** Copies a text, and confirms it for a moment. */
export function CopyButton({ text, primary = false }: { readonly text: string; readonly primary?: boolean }) {
  const t = useTranslations('app');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    copyText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className={primary ? 'button button-primary min-w-20' : 'button min-w-20'} onClick={copy}>
      <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
    </button>
  );
}

/** The clipboard is available only on https and localhost. Elsewhere a selection is copied. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('the browser does not let pages copy');
}
