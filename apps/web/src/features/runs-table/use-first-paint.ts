'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import { answerInput } from '#src/contract/answer-input.ts';
import type { FirstPaint } from './model/first-paint.ts';
import { lookFields } from './model/looks.ts';
import { mainFields } from './model/main-fields.ts';
import { columnsOf, fieldsInput, groupsInput, rowsQuery, shownView, summaryInput } from './model/table-input.ts';
import type { TableView } from './model/table-view.ts';
import { windowInput } from './model/windows.ts';

/** Puts what the server read into the page's queries, once, so that nothing is read twice. */
export function useFirstPaint(
  { id }: { readonly id: string },
  { infos, tableInfos, ofStudy, factors, summary, answers, window, groups, refused }: FirstPaint,
  ofAddress: TableView,
): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useState(() => {
    const view = shownView(ofAddress, refused);
    const columns = columnsOf(view, tableInfos, ofStudy);
    queries.setQueryData(trpc.runs.fields.queryKey(fieldsInput(id, false)), infos);
    queries.setQueryData(trpc.runs.fields.queryKey(fieldsInput(id, view.archived)), tableInfos);
    queries.setQueryData(trpc.grouping.groups.queryKey(summaryInput(id, factors, mainFields(infos))), summary);
    if (answers) {
      queries.setQueryData(trpc.comparison.answer.queryKey(answerInput(id, null)), answers.answer);
      queries.setQueryData(trpc.comparison.answer.queryKey(answerInput(id, factors)), answers.standing);
    }
    if (window) {
      const input = windowInput(rowsQuery(id, view, columns, lookFields(factors, ofStudy)), {
        query: view.q,
        offset: 0,
      });
      queries.setQueryData(trpc.runs.table.queryKey(input), window);
    }
    if (groups) queries.setQueryData(trpc.grouping.groups.queryKey(groupsInput(id, view, columns)), groups);
    return null;
  });
}
