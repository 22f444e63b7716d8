'use client';

import { type Cell, endReasonIn, type Field, type FieldInfo, RUN_STATUSES, valueKindOf } from '@whorl/core';
import { useMemo } from 'react';
import type { Status } from '#src/contract/schemas.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { StatusMark } from '#src/ui/status-mark.tsx';
import { columnFormats } from '../model/column-formats.ts';

const isStatus = (text: string): text is Status => (RUN_STATUSES as readonly string[]).includes(text);

/** Writes a cell as a text. */
export type CellText = (field: Field, cell: Cell) => string;

const NO_INFOS: readonly FieldInfo[] = [];

/**
 * Writes cells as text in the reader's language.
 * @param infos what is known of the fields: numbers of a metric then line up
 */
export function useCellText(infos: readonly FieldInfo[] = NO_INFOS): CellText {
  const { locale, value, duration, moment } = useFormat();
  return useMemo<CellText>(() => {
    const formatOf = columnFormats(infos);
    return (field, cell) => {
      if (cell === null) return '–';
      if (typeof cell === 'number') {
        if (field.kind === 'metric') return formatOf(field.key)(cell);
        const isDuration = field.kind === 'attribute' && field.key === 'duration' && Number.isFinite(cell);
        return isDuration ? duration(1000 * cell) : value(cell);
      }
      if (field.kind === 'attribute' && field.key === 'error') return endReasonIn(locale, String(cell));
      const date = valueKindOf(field) === 'date' ? new Date(String(cell)) : null;
      return date && !Number.isNaN(date.getTime()) ? moment(date) : field.kind === 'param' ? value(cell) : String(cell);
    };
  }, [infos, locale, value, duration, moment]);
}

/** Whether cells of the field are aligned right. */
export const isNumeric = (field: Field): boolean =>
  valueKindOf(field) === 'number' || (field.kind === 'param' && field.key === 'seed');

interface Props {
  readonly field: Field;
  /** Undefined until it has been read. */
  readonly cell: Cell | undefined;
  readonly textOf: CellText;
}

/** What a cell shows. */
export function CellValue({ field, cell, textOf }: Props) {
  if (cell === undefined) return <Pending />;
  if (cell === null) return <span className="text-muted">–</span>;
  if (field.kind === 'attribute' && field.key === 'status' && isStatus(String(cell))) {
    return <StatusMark status={cell as Status} />;
  }
  const text = textOf(field, cell);
  const odd = typeof cell === 'number' && !Number.isFinite(cell);
  return (
    <span title={text} className={odd ? 'text-caution' : undefined}>
      {text}
    </span>
  );
}

/** The placeholder of a cell that has not been read yet. */
export function Pending() {
  return <span className="inline-block h-2 w-3/5 max-w-24 rounded-[4px] bg-line align-middle" aria-hidden="true" />;
}
