'use client';

import { Toast } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';

/** Short messages at the foot of the page, for the components below; an action in one undoes what it says. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider timeout={8_000} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-40 flex w-[min(24rem,calc(100vw-32px))] flex-col gap-2">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const t = useTranslations('app');
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="rounded-[8px] border border-line bg-raised shadow-lg">
      <Toast.Content className="flex items-center justify-between gap-4 py-2 pr-2 pl-4">
        <Toast.Description className={`min-w-0 text-small break-words ${toast.type === 'error' ? 'text-alarm' : ''}`} />
        <span className="flex shrink-0 items-center gap-1">
          {toast.actionProps && <Toast.Action className="button" />}
          <Toast.Close className="icon-button" aria-label={t('close')}>
            <svg width="12" height="12" viewBox="0 0 12 12" stroke="currentColor" aria-hidden="true">
              <path d="M2 2l8 8M10 2l-8 8" strokeWidth="1.500" />
            </svg>
          </Toast.Close>
        </span>
      </Toast.Content>
    </Toast.Root>
  ));
}

/** Says something in a toast, with a button that does something about it where one is given. */
export function useSay(): (
  text: string,
  options?: { readonly action?: { text: string; act: () => void }; readonly failed?: boolean },
) => void {
  const { add, close } = Toast.useToastManager();
  return (text, { action, failed = false } = {}) => {
    const id = add({
      description: text,
      type: failed ? 'error' : 'done',
      priority: failed ? 'high' : 'low',
      ...(action
        ? {
            actionProps: {
              children: action.text,
              onClick: () => {
                close(id);
                action.act();
              },
            },
          }
        : {}),
    });
  };
}
