'use client';

import { Menu } from '@base-ui/react/menu';
import { useTranslations } from 'use-intl/react';
import { useTRPCClient } from '#src/api/trpc.tsx';
import { type ChartNumbers, csvFile, download } from '#src/charts/chart-exports.ts';
import { useFileName } from '#src/charts/file-subject.ts';
import { toLatex, toMarkdown } from '#src/charts/table-text.ts';
import { copyText } from '#src/ui/copy-button.tsx';
import { useNotice } from '#src/ui/toasts.tsx';
import { everyPart } from '../model/every-run.ts';
import { exportedCell } from '../model/exported-cell.ts';
import { type RowsQuery, windowInput } from '../model/windows.ts';

interface Props {
  readonly rows: RowsQuery;
  readonly query: string;
  /** The fields of the columns, in their order. */
  readonly fields: readonly string[];
}

/** How many runs are read in one request. */
const AT_ONCE = 500;

/** Exports all matching runs with the shown columns, as a file or as text for a report or a paper. */
export function ExportMenu({ rows, query, fields }: Props) {
  const t = useTranslations('chartFrame');
  const table = useTranslations('table');
  const notice = useNotice();
  const client = useTRPCClient();
  const nameOf = useFileName();
  const named = ['name', ...fields.filter((field) => field !== 'name')];

  const read = async (): Promise<ChartNumbers> => {
    const asked = { ...rows, fields: named };
    const parts = await everyPart((offset) =>
      client.runs.table.query({ ...windowInput(asked, { query, offset }), limit: AT_ONCE }),
    );
    const lines = parts.flatMap(({ ids, columns }) =>
      ids.map((id, row) => [id, ...named.map((field, i) => exportedCell(field, columns[i]?.[row] ?? null))]),
    );
    return { columns: ['id', ...named], rows: lines };
  };
  const act = (work: (numbers: ChartNumbers) => Promise<void> | void, done?: string) => {
    read()
      .then(work)
      .then(
        () => done && notice({ text: done }),
        (error: unknown) => notice({ text: table('failed', { message: String(error) }), alarm: true }),
      );
  };
  return (
    <Menu.Root>
      <Menu.Trigger className="button">{t('export')}</Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-30">
          <Menu.Popup className="popup">
            <Menu.Item
              className="popup-item"
              onClick={() => act((numbers) => download(nameOf('runs', 'csv'), csvFile(numbers)))}
            >
              {t('tableCsv')}
            </Menu.Item>
            <Menu.Item
              className="popup-item"
              onClick={() => act((numbers) => copyText(toMarkdown(numbers)), t('copied'))}
            >
              {t('tableMarkdown')}
            </Menu.Item>
            <Menu.Item className="popup-item" onClick={() => act((numbers) => copyText(toLatex(numbers)), t('copied'))}>
              {t('tableLatex')}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
