'use client';

import type { ComponentProps } from 'react';
import { useTranslations } from 'use-intl/react';
import { Scroller } from './scroller.tsx';

/** A table within a text. */
export function ProseTable(props: ComponentProps<'table'>) {
  const t = useTranslations('concepts');
  return (
    <Scroller label={t('table')}>
      <table className="table" {...props} />
    </Scroller>
  );
}
