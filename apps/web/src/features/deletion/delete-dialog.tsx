'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { AskedDeletion, ShownLoss } from '#src/contract/deletion.ts';
import { Modal } from '#src/ui/modal.tsx';
import { LossList } from './views/loss-list.tsx';

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly of: AskedDeletion;
  readonly title: string;
  readonly body: string;
  /** What has to be typed: the name of an experiment, or how many runs it is. Null where the button is enough. */
  readonly typed: ((loss: ShownLoss) => string) | null;
  readonly onDeleted: (loss: ShownLoss) => void;
}

/** Shows exactly what would be deleted for good, and deletes it after a deliberate confirmation. */
export function DeleteDialog({ open, onOpenChange, title, body, ...rest }: Props) {
  return (
    <Modal open={open} onOpenChange={onOpenChange} title={title} description={body}>
      <Deletion {...rest} onDone={() => onOpenChange(false)} />
    </Modal>
  );
}

type DeletionProps = Pick<Props, 'of' | 'typed' | 'onDeleted'> & { readonly onDone: () => void };

function Deletion({ of, typed, onDeleted, onDone }: DeletionProps) {
  const t = useTranslations('deletion');
  const trpc = useTRPC();
  const queries = useQueryClient();
  // What goes is read each time that the dialog opens.
  const { data: loss, error } = useQuery(trpc.deletions.preview.queryOptions({ of }, { staleTime: 0, gcTime: 0 }));
  const [draft, setDraft] = useState('');
  const remove = useMutation(
    trpc.deletions.delete.mutationOptions({
      onSuccess: (gone) => {
        onDone();
        onDeleted(gone);
      },
      // It may be another loss by now.
      onError: () => queries.invalidateQueries({ queryKey: trpc.deletions.preview.queryKey({ of }) }),
    }),
  );
  const isNothing = loss !== undefined && loss.runs + loss.experiments === 0;
  const expected = loss && typed ? typed(loss) : null;
  const isAgreed = expected === null || draft.trim().normalize('NFC') === expected.trim().normalize('NFC');
  const mayDelete = loss !== undefined && !isNothing && loss.live === 0 && isAgreed;
  return (
    <form
      className="mt-4 flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (mayDelete) remove.mutate({ of, sign: loss.sign });
      }}
    >
      <LossList loss={loss} />
      <div aria-live="polite" className="text-small">
        {loss && loss.live > 0 && <p className="text-caution">{t('live', { count: loss.live })}</p>}
        {isNothing && <p>{t('nothing')}</p>}
        {(remove.error ?? error) && (
          <p className="text-alarm">{t('failed', { message: (remove.error ?? error)?.message ?? '' })}</p>
        )}
      </div>
      {expected !== null && loss?.live === 0 && !isNothing && (
        <Confirmation expected={expected} draft={draft} onChange={setDraft} />
      )}
      <div className="flex justify-end gap-2">
        <button type="button" className="button" onClick={onDone}>
          {t('cancel')}
        </button>
        <button type="submit" className="button button-danger" disabled={!mayDelete || remove.isPending}>
          {remove.isPending ? t('deleting') : t('button')}
        </button>
      </div>
    </form>
  );
}

interface ConfirmationProps {
  readonly expected: string;
  readonly draft: string;
  readonly onChange: (draft: string) => void;
}

function Confirmation({ expected, draft, onChange }: ConfirmationProps) {
  const t = useTranslations('deletion');
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-small">
        {t.rich('type', {
          text: () => <bdi className="font-medium break-words text-ink">{expected}</bdi>,
        })}
      </label>
      <input
        id={id}
        className="field w-full"
        autoComplete="off"
        spellCheck={false}
        value={draft}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
