'use client';

import { Popover } from '@base-ui/react/popover';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { useNotice } from '#src/ui/toasts.tsx';

interface Props {
  readonly experimentId: string;
  /** The shown view, as the query string of the address. */
  readonly current: () => string;
  readonly onLoad: (state: string) => void;
}

const LONGEST_NAME = 200;

/** A menu of saved views: shows one, saves the current one, deletes one. */
export function ViewsMenu({ experimentId, current, onLoad }: Props) {
  const t = useTranslations('table');
  const notice = useNotice();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const { data: views = [] } = useQuery(
    trpc.views.list.queryOptions({ experimentId }, { enabled: open, staleTime: 0 }),
  );
  const again = () => queries.invalidateQueries({ queryKey: trpc.views.list.queryKey({ experimentId }) });
  const failed = ({ message }: { message: string }) => notice({ text: t('failed', { message }), alarm: true });
  const save = useMutation(trpc.views.save.mutationOptions({ onSuccess: again, onError: failed }));
  const remove = useMutation(trpc.views.remove.mutationOptions({ onSuccess: again, onError: failed }));
  const saveAs = (as: string) =>
    save.mutate(
      { experimentId, name: as, state: current() },
      {
        onSuccess: () => {
          setName('');
          notice({ text: t('viewSaved', { name: as }) });
        },
      },
    );
  const trimmed = name.trim();
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="button">{t('views')}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className="z-30">
          <Popover.Popup className="popup w-[360px] p-2" aria-label={t('views')}>
            {views.length === 0 && <p className="px-2 py-2 text-muted">{t('noViews')}</p>}
            <ul>
              {views.map((view) => (
                <li key={view.id} className="flex items-center gap-1">
                  <button
                    type="button"
                    className="popup-item min-w-0 flex-1 text-start hover:bg-sunk"
                    onClick={() => {
                      onLoad(view.state);
                      setOpen(false);
                    }}
                  >
                    <span className="truncate">{view.name}</span>
                  </button>
                  <button
                    type="button"
                    className="icon-button w-auto px-2"
                    aria-label={t('overwriteOne', { name: view.name })}
                    onClick={() => saveAs(view.name)}
                  >
                    {t('overwrite')}
                  </button>
                  <button
                    type="button"
                    className="icon-button w-auto px-2"
                    aria-label={t('removeView', { name: view.name })}
                    onClick={() => remove.mutate({ id: view.id })}
                  >
                    {t('remove')}
                  </button>
                </li>
              ))}
            </ul>
            <form
              className="mt-1 flex gap-2 border-t border-line p-2 pt-3"
              onSubmit={(event) => {
                event.preventDefault();
                if (trimmed) saveAs(trimmed);
              }}
            >
              <input
                className="field min-w-0 flex-1"
                placeholder={t('viewName')}
                aria-label={t('viewName')}
                maxLength={LONGEST_NAME}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
              <button type="submit" className="button button-primary" disabled={!trimmed || save.isPending}>
                {t('saveView')}
              </button>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
