'use client';

import { Menu } from '@base-ui/react/menu';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Experiment } from '#src/contract/schemas.ts';
import { DeleteDialog } from '#src/features/deletion/delete-dialog.tsx';
import { StopDialog } from '#src/features/stop/stop-dialog.tsx';
import { useStopNotice } from '#src/features/stop/use-stop-notice.ts';
import { localePath } from '#src/i18n/locales.ts';
import { Modal } from '#src/ui/modal.tsx';
import { MoreIcon } from '#src/ui/more-icon.tsx';
import { nameFault } from '#src/ui/name-limits.ts';
import { NotesEditor } from '#src/ui/notes.tsx';
import { popupPlace } from '#src/ui/popup-place.ts';
import { useNotice } from '#src/ui/toasts.tsx';
import { NameField } from './views/name-field.tsx';

interface Props {
  readonly experiment: Pick<Experiment, 'id' | 'name' | 'archivedAt' | 'byStatus'>;
  /** A small button for the end of a row, instead of one for a page's header. */
  readonly compact?: boolean;
}

/** A menu of what can be done with an experiment: rename it, write notes, archive it or take it back. */
export function ExperimentActions({ experiment, compact = false }: Props) {
  const { id, name, archivedAt } = experiment;
  const t = useTranslations('experiments');
  const [dialog, setDialog] = useState<'rename' | 'notes' | 'stop' | 'delete' | null>(null);
  const { changed, setArchived } = useExperimentChanges();
  const close = () => setDialog(null);
  const stopping = useTranslations('stop');
  const deletion = useTranslations('deletion');
  const notice = useNotice();
  const router = useRouter();
  const locale = useLocale();
  const trpc = useTRPC();
  const { answered, failed } = useStopNotice();
  const stop = useMutation(trpc.experiments.stop.mutationOptions({ onSuccess: answered, onError: failed }));
  // The experiment's own page follows it, and has newer data than what the server rendered.
  const { data: now = experiment } = useQuery(
    trpc.experiments.get.queryOptions({ experimentId: id }, { enabled: false }),
  );
  const { byStatus } = compact ? experiment : now;
  const isTraining = byStatus.running > 0;
  return (
    <>
      <Menu.Root>
        <Menu.Trigger className={compact ? 'icon-button' : 'button !px-2'} aria-label={t('actionsOf', { name })}>
          <MoreIcon />
        </Menu.Trigger>
        <Menu.Portal container={popupPlace()}>
          <Menu.Positioner align="end" sideOffset={4} className="z-30">
            <Menu.Popup className="popup">
              <Menu.Item className="popup-item" onClick={() => setDialog('rename')}>
                {t('rename')}
              </Menu.Item>
              <Menu.Item className="popup-item" onClick={() => setDialog('notes')}>
                {t('notes')}
              </Menu.Item>
              {isTraining && (
                <Menu.Item className="popup-item" onClick={() => setDialog('stop')}>
                  {stopping('experiment')}
                </Menu.Item>
              )}
              <Menu.Separator className="my-1 h-px bg-line" />
              <Menu.Item className="popup-item" onClick={() => setArchived(experiment, archivedAt === null)}>
                {archivedAt === null ? t('archive') : t('restore')}
              </Menu.Item>
              <Menu.Item className="popup-item" onClick={() => setDialog('delete')}>
                {t('delete')}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <Modal open={dialog === 'rename'} onOpenChange={close} title={t('renameTitle')}>
        <RenameForm id={id} name={name} onChanged={changed} onDone={close} />
      </Modal>
      <Modal open={dialog === 'notes'} onOpenChange={close} title={t('notesOf', { name: shortened(name) })} wide>
        <NotesForm id={id} onChanged={changed} onDone={close} />
      </Modal>
      <StopDialog
        open={dialog === 'stop'}
        onOpenChange={close}
        title={stopping('titleExperiment')}
        body={stopping('bodyExperiment', { name: shortened(name) })}
        onStop={() => stop.mutate({ experimentId: id })}
      />
      <DeleteDialog
        open={dialog === 'delete'}
        onOpenChange={close}
        of={{ experimentId: id }}
        title={deletion('titleExperiment')}
        body={deletion('bodyExperiment', { name: shortened(name) })}
        typed={() => name}
        onDeleted={() => {
          notice({ text: deletion('deletedExperiment', { name: shortened(name) }) });
          if (compact) void changed();
          else router.replace(localePath(locale, '/'));
        }}
      />
    </>
  );
}

const SHOWN = 60;
const shortened = (name: string) => (name.length > SHOWN ? `${name.slice(0, SHOWN)}…` : name);

/** Updates lists and pages after a change, and provides changes that can be undone. */
function useExperimentChanges() {
  const t = useTranslations('experiments');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const notice = useNotice();
  const changed = async () => {
    await queries.invalidateQueries({ queryKey: trpc.experiments.pathKey() });
    router.refresh(); // refreshes what the server rendered
  };
  const archive = useMutation(trpc.experiments.archive.mutationOptions({ onSuccess: changed }));
  const restore = useMutation(trpc.experiments.restore.mutationOptions({ onSuccess: changed }));
  const setArchived = ({ id, name }: Pick<Experiment, 'id' | 'name'>, archived: boolean, undoable = true) => {
    const { mutateAsync } = archived ? archive : restore;
    mutateAsync({ experimentId: id }).then(
      () =>
        undoable &&
        notice({
          text: t(archived ? 'archived' : 'restored', { name: shortened(name) }),
          undo: () => setArchived({ id, name }, !archived, false),
        }),
      (error: Error) => notice({ text: t('actionFailed', { message: error.message }), alarm: true }),
    );
  };
  return { changed, setArchived };
}

interface RenameProps {
  readonly id: string;
  readonly name: string;
  readonly onChanged: () => Promise<void>;
  readonly onDone: () => void;
}

function RenameForm({ id, name, onChanged, onDone }: RenameProps) {
  const t = useTranslations('experiments');
  const names = useTranslations('names');
  const trpc = useTRPC();
  const [draft, setDraft] = useState(name);
  const rename = useMutation(
    trpc.experiments.rename.mutationOptions({
      onSuccess: async () => {
        await onChanged();
        onDone();
      },
    }),
  );
  const fault = nameFault(draft);
  return (
    <form
      className="mt-4 flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!fault) rename.mutate({ experimentId: id, name: draft.trim() });
      }}
    >
      <NameField label={t('name')} name={draft} onChange={setDraft} />
      <div aria-live="polite">
        {rename.isError && (
          <p className="text-small text-alarm">{names('failed', { message: rename.error.message })}</p>
        )}
      </div>
      <div className="flex justify-end gap-2">
        <button type="button" className="button" onClick={onDone}>
          {names('cancel')}
        </button>
        <button type="submit" className="button button-primary" disabled={fault !== null || rename.isPending}>
          {names('save')}
        </button>
      </div>
    </form>
  );
}

interface NotesProps {
  readonly id: string;
  readonly onChanged: () => Promise<void>;
  readonly onDone: () => void;
}

/** Lists hold only the beginning of notes, so the editor reads them whole. */
function NotesForm({ id, onChanged, onDone }: NotesProps) {
  const t = useTranslations('notes');
  const trpc = useTRPC();
  const { data, isError } = useQuery(
    trpc.experiments.get.queryOptions({ experimentId: id }, { staleTime: 0, gcTime: 0 }),
  );
  const setNotes = useMutation(trpc.experiments.setNotes.mutationOptions({ onSuccess: onChanged }));
  if (!data) return <p className="mt-4 h-80 text-small text-muted">{isError ? t('unread') : t('reading')}</p>;
  return (
    <NotesEditor
      notes={data.notes}
      onSave={(notes) => setNotes.mutateAsync({ experimentId: id, notes })}
      onDone={onDone}
    />
  );
}
