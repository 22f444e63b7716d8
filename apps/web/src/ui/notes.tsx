'use client';

import { Tabs } from '@base-ui/react/tabs';
import dynamic from 'next/dynamic';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';

/** Loaded on demand, because most pages show no notes. */
const Markdown = dynamic(() => import('./markdown.tsx').then(({ Markdown }) => Markdown));

/** The server rejects longer notes, too. */
const LONGEST = 100_000;

interface EditorProps {
  readonly notes: string;
  readonly onSave: (notes: string) => Promise<unknown>;
  /** Called after they were saved, or editing was cancelled. */
  readonly onDone: () => void;
}

/** An editor for notes in Markdown, with a preview. Ctrl+Enter saves. */
export function NotesEditor({ notes, onSave, onDone }: EditorProps) {
  const t = useTranslations('notes');
  const [draft, setDraft] = useState(notes);
  const [state, setState] = useState<{ kind: 'editing' | 'saving' } | { kind: 'failed'; message: string }>({
    kind: 'editing',
  });
  const id = useId();
  const tooLong = draft.length > LONGEST;
  const save = () => {
    if (tooLong || state.kind === 'saving') return;
    setState({ kind: 'saving' });
    onSave(draft).then(onDone, (error: Error) => setState({ kind: 'failed', message: error.message }));
  };
  return (
    <form
      className="mt-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Tabs.Root defaultValue="write">
        <Tabs.List className="flex gap-4 border-b border-line text-small" aria-label={t('view')}>
          {(['write', 'preview'] as const).map((value) => (
            <Tabs.Tab
              key={value}
              value={value}
              className="-mb-px min-h-8 border-b-2 border-transparent px-1 font-medium text-muted data-active:border-accent data-active:text-ink"
            >
              {t(value)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="write" className="mt-3" tabIndex={-1}>
          <label htmlFor={id} className="sr-only">
            {t('label')}
          </label>
          <textarea
            id={id}
            // biome-ignore lint/a11y/noAutofocus: who opens the editor is about to write
            autoFocus
            className="field block h-56 w-full resize-y py-2 font-mono"
            value={draft}
            aria-describedby={`${id} hint`}
            aria-invalid={tooLong}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="preview" className="mt-3 max-h-[60dvh] min-h-56 overflow-auto">
          {draft.trim() === '' ? <p className="text-small text-muted">{t('nothing')}</p> : <Markdown text={draft} />}
        </Tabs.Panel>
      </Tabs.Root>
      <p id={`${id} hint`} className="mt-1 text-small text-muted">
        {t('hint')}
      </p>
      <div aria-live="polite" className="text-small">
        {tooLong && <p className="mt-1 text-caution">{t('tooLong', { count: draft.length, most: LONGEST })}</p>}
        {state.kind === 'failed' && <p className="mt-1 text-alarm">{t('failed', { message: state.message })}</p>}
      </div>
      <div className="mt-4 flex justify-end gap-2">
        <button type="button" className="button" onClick={onDone}>
          {t('cancel')}
        </button>
        <button type="submit" className="button button-primary" disabled={tooLong || state.kind === 'saving'}>
          {t('save')}
        </button>
      </div>
    </form>
  );
}

interface Props {
  readonly notes: string;
  /** Left out for viewers who can only read. */
  readonly onSave?: ((notes: string) => Promise<unknown>) | undefined;
}

/** Notes as text and, for those who may, a button to edit them. Nothing where there are none and none can be written. */
export function Notes({ notes, onSave }: Props) {
  const t = useTranslations('notes');
  const [editing, setEditing] = useState(false);
  if (editing && onSave) {
    return (
      <div className="max-w-[48rem]">
        <NotesEditor notes={notes} onSave={onSave} onDone={() => setEditing(false)} />
      </div>
    );
  }
  const edit = onSave && (
    <button type="button" className="button" onClick={() => setEditing(true)}>
      {notes === '' ? t('add') : t('edit')}
    </button>
  );
  if (notes === '') return edit ?? null;
  return (
    <div data-notes>
      <Markdown text={notes} />
      {edit && <div className="mt-3">{edit}</div>}
    </div>
  );
}
