'use client';

import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A modal dialog. Escape or a click beside it closes it, and the focus returns. */
export function Modal({ open, onOpenChange, title, description, wide = false, children }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-shade" />
        <Dialog.Popup
          className={`fixed top-1/2 left-1/2 z-30 max-h-[90dvh] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-[8px] border border-line bg-raised p-6 ${
            wide ? 'w-[min(48rem,calc(100vw-32px))]' : 'w-[min(36rem,calc(100vw-32px))]'
          }`}
        >
          <Dialog.Title className="text-title font-semibold">{title}</Dialog.Title>
          {description && <Dialog.Description className="mt-2 text-small text-muted">{description}</Dialog.Description>}
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
