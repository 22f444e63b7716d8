'use client';

import { useTranslations } from 'use-intl/react';
import { Modal } from '#src/ui/modal.tsx';

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly body: string;
  /** What the buttons say, where it is not that training stops or goes on. */
  readonly button?: string;
  readonly cancel?: string;
  readonly onStop: () => void;
}

/** Asks once more before training ends: what was stopped cannot be continued. */
export function StopDialog({ open, onOpenChange, title, body, button, cancel, onStop }: Props) {
  const t = useTranslations('stop');
  const close = () => onOpenChange(false);
  return (
    <Modal open={open} onOpenChange={onOpenChange} title={title} description={body}>
      <div className="mt-6 flex justify-end gap-2">
        <button type="button" className="button" onClick={close}>
          {cancel ?? t('cancel')}
        </button>
        <button
          type="button"
          className="button button-primary"
          onClick={() => {
            close();
            onStop();
          }}
        >
          {button ?? t('button')}
        </button>
      </div>
    </Modal>
  );
}
