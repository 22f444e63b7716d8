'use client';

import { Toast } from '@base-ui/react/toast';
import { type ReactNode, useMemo } from 'react';
import { useTranslations } from 'use-intl/react';

const SHOWN_MS = 10_000;

/** A message that is shown at the edge of the page for a while. */
export interface Notice {
  readonly text: string;
  /** Undoes what was done; left out where that is impossible. */
  readonly undo?: () => void;
  readonly alarm?: boolean;
}

/** Lets components below show messages and offer to undo. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider timeout={SHOWN_MS} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-4 bottom-4 z-40 flex flex-col gap-2 sm:left-auto sm:w-96">
          <Notices />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Notices() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={[]}
      className="rounded-[8px] border border-line bg-raised px-4 py-2 shadow-[0_4px_16px_rgb(0_0_0/0.12)] data-limited:hidden"
    >
      <Toast.Content className="flex min-h-8 items-center justify-between gap-4 text-small">
        <Toast.Title render={<p />} className={`min-w-0 break-words ${toast.type === 'alarm' ? 'text-alarm' : ''}`} />
        <Toast.Action className="link shrink-0 font-medium" />
      </Toast.Content>
    </Toast.Root>
  ));
}

/** Shows a message. A new one replaces an older one with the same `id`. */
export function useNotice(): (notice: Notice) => void {
  const t = useTranslations('notices');
  const { add, close } = Toast.useToastManager();
  return useMemo(
    () =>
      ({ text, undo, alarm = false }: Notice) => {
        const id: string = add({
          title: text.replace(/[\u202a-\u202e\u2066-\u2069]/g, ''), // isolated, so that a name cannot change the direction of the sentence
          type: alarm ? 'alarm' : 'done',
          priority: alarm ? 'high' : 'low',
          ...(undo
            ? {
                actionProps: {
                  children: t('undo'),
                  onClick: () => {
                    close(id);
                    undo();
                  },
                },
              }
            : {}),
        });
      },
    [add, close, t],
  );
}
