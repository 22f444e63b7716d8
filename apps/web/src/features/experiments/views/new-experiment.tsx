'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import { Modal } from '#src/ui/modal.tsx';
import { nameFault } from '#src/ui/name-limits.ts';
import { NameField } from './name-field.tsx';

/** A study of which runs can be trained. */
export interface StudyChoice {
  readonly id: string;
  readonly question: string;
}

interface Props {
  readonly studies: readonly StudyChoice[];
}

/** A dialog that creates an experiment to record into. */
export function NewExperiment({ studies }: Props) {
  const t = useTranslations('experiments');
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button button-primary" onClick={() => setOpen(true)}>
        {t('new')}
      </button>
      <Modal open={open} onOpenChange={setOpen} title={t('newTitle')} description={t('newBody')}>
        <Form studies={studies} onCancel={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function Form({ studies, onCancel }: Props & { readonly onCancel: () => void }) {
  const t = useTranslations('experiments');
  const names = useTranslations('names');
  const router = useRouter();
  const { experimentHref } = useReach();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const studyId = useId();
  const [name, setName] = useState('');
  const [study, setStudy] = useState(studies[0]?.id ?? '');
  const create = useMutation(
    trpc.experiments.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries({ queryKey: trpc.experiments.list.pathKey() });
        if (experimentHref) router.push(experimentHref(id));
      },
    }),
  );
  const fault = nameFault(name);
  return (
    <form
      className="mt-6 flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!fault) create.mutate({ name: name.trim(), study });
      }}
    >
      <NameField label={t('name')} name={name} onChange={setName} />
      <div>
        <label htmlFor={studyId} className="mb-1 block text-small">
          {t('study')}
        </label>
        <select id={studyId} className="field w-full" value={study} onChange={(event) => setStudy(event.target.value)}>
          {studies.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
        <p className="mt-1 text-small text-muted">{studies.find(({ id }) => id === study)?.question}</p>
      </div>
      <div aria-live="polite">
        {create.isError && (
          <p className="text-small text-alarm">{names('failed', { message: create.error.message })}</p>
        )}
      </div>
      <div className="flex justify-end gap-2">
        <button type="button" className="button" onClick={onCancel}>
          {names('cancel')}
        </button>
        <button type="submit" className="button button-primary" disabled={fault !== null || create.isPending}>
          {t('create')}
        </button>
      </div>
    </form>
  );
}
