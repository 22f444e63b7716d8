'use client';

import { useEffect } from 'react';
import { localePath } from '#src/i18n/locales.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { pageOfMlflowLink } from './model/mlflow-link.ts';

/** Redirects links that MLflow's client prints to the page that they mean. */
export function MlflowLinks() {
  const { locale } = useFormat();
  useEffect(() => {
    const go = () => {
      const page = pageOfMlflowLink(window.location.hash);
      if (page !== null) window.location.replace(localePath(locale, page));
    };
    go();
    window.addEventListener('hashchange', go);
    return () => window.removeEventListener('hashchange', go);
  }, [locale]);
  return null;
}
