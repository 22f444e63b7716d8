'use client';

import { useTranslations } from 'use-intl/react';
import { Modal } from '#src/ui/modal.tsx';

/** The keys by place. The alternatives of an action are separate; keys that are pressed together are joined by a plus. */
const KEYS = {
  anywhere: { search: ['/'], find: ['Ctrl+K'], help: ['?'], close: ['Esc'], print: ['Ctrl+P'] },
  runs: {
    enter: ['Tab'],
    walk: ['←', '→', '↑', '↓'],
    page: ['PgUp', 'PgDn'],
    ends: ['Ctrl+Home', 'Ctrl+End'],
    open: ['Enter'],
    select: ['Space'],
    range: ['Shift+Space'],
    all: ['Ctrl+A'],
    rename: ['F2'],
  },
  columns: {
    sort: ['Enter'],
    sortMore: ['Shift+Enter'],
    move: ['Alt+←', 'Alt+→'],
    size: ['Alt+Shift+←', 'Alt+Shift+→'],
    menu: ['Alt+↓'],
  },
  pictures: { step: ['←', '→'], ends: ['Home', 'End'] },
} as const;

/** Lists all keys. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('keys');
  return (
    <Modal open onOpenChange={onClose} title={t('title')} wide>
      <div className="mt-4 grid gap-x-12 gap-y-6 sm:grid-cols-2">
        {Object.entries(KEYS).map(([place, keys]) => (
          <section key={place} aria-label={t(`${place as keyof typeof KEYS}.title`)}>
            <h3 className="mb-1 text-small font-medium text-muted">{t(`${place as keyof typeof KEYS}.title`)}</h3>
            <dl className="text-small">
              {Object.entries(keys).map(([what, ways]) => (
                <div key={what} className="flex items-baseline justify-between gap-4 border-b border-line py-1">
                  <dt>{t(`${place}.${what}` as 'anywhere.search')}</dt>
                  <dd className="flex flex-none gap-2">
                    {(ways as readonly string[]).map((way) => (
                      <kbd
                        key={way}
                        className="rounded-[4px] border border-line bg-sunk px-1 font-mono whitespace-nowrap"
                      >
                        {way}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="mt-4 text-small text-muted">{t('mac')}</p>
      <div className="mt-4 flex justify-end">
        <button type="button" className="button" onClick={onClose}>
          {t('done')}
        </button>
      </div>
    </Modal>
  );
}
