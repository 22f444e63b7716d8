'use client';

import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Modal } from '#src/ui/modal.tsx';
import { useNotice } from '#src/ui/toasts.tsx';
import { DeleteDialog } from './delete-dialog.tsx';

const DEFAULT_DAYS = '30';
const MOST_DAYS = 36_500;

/** Deletes for good what has been archived for some days, after asking for how many, and then once more. */
export function DeleteArchived({ onDeleted }: { readonly onDeleted: () => void }) {
  const t = useTranslations('deletion');
  const notice = useNotice();
  const id = useId();
  const [draft, setDraft] = useState(DEFAULT_DAYS);
  const [step, setStep] = useState<'days' | 'loss' | null>(null);
  const days = Number(draft);
  const isValid = draft.trim() !== '' && days >= 0 && days <= MOST_DAYS;
  return (
    <>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setStep('days')}>
        {t('openArchived')}
      </button>
      <Modal
        open={step === 'days'}
        onOpenChange={(open) => setStep(open ? 'days' : null)}
        title={t('titleArchived')}
        description={t('bodyDays')}
      >
        <form
          className="mt-4 flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (isValid) setStep('loss');
          }}
        >
          <div>
            <label htmlFor={id} className="mb-1 block text-small">
              {t('days')}
            </label>
            <input
              id={id}
              className="field w-28"
              inputMode="numeric"
              value={draft}
              aria-invalid={!isValid}
              onChange={(event) => setDraft(event.target.value)}
            />
            <p aria-live="polite" className="mt-1 min-h-5 text-small text-caution">
              {isValid ? '' : t('badDays', { most: MOST_DAYS })}
            </p>
          </div>
          <div className="flex justify-end gap-2">
            <button type="button" className="button" onClick={() => setStep(null)}>
              {t('cancel')}
            </button>
            <button type="submit" className="button button-primary" disabled={!isValid}>
              {t('show')}
            </button>
          </div>
        </form>
      </Modal>
      <DeleteDialog
        open={step === 'loss'}
        onOpenChange={(open) => setStep(open ? 'loss' : null)}
        of={{ archivedDays: isValid ? days : MOST_DAYS }}
        title={t('titleArchived')}
        body={t('bodyArchived', { days: isValid ? days : MOST_DAYS })}
        typed={({ runs }) => String(runs)}
        onDeleted={({ runs }) => {
          onDeleted();
          notice({ text: t('deleted', { count: runs }) });
        }}
      />
    </>
  );
}
