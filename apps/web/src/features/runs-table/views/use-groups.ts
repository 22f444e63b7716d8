'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Groups, RunGroup } from '../model/answers.ts';
import type { groupsInput } from '../model/table-input.ts';
import type { OpenGroups } from './use-rows.ts';

/** The groups of the rows, and which of them are open. */
export interface TableGroups {
  /** Undefined until they are known, and where rows are not grouped. */
  readonly answer: Groups | undefined;
  /** Null where rows are not grouped. */
  readonly open: OpenGroups | null;
  readonly toggle: (group: RunGroup) => void;
}

export function useGroups(by: readonly string[], input: ReturnType<typeof groupsInput>): TableGroups {
  const trpc = useTRPC();
  const { data: answer } = useQuery(
    trpc.grouping.groups.queryOptions(input, { enabled: by.length > 0, placeholderData: keepPreviousData }),
  );
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const keyOf = ({ values }: RunGroup) => JSON.stringify([by, values.map((value) => [typeof value, String(value)])]);
  const toggle = (group: RunGroup) => {
    const next = new Set(open);
    if (!next.delete(keyOf(group))) next.add(keyOf(group));
    setOpen(next);
  };
  const isOpen = (group: RunGroup) => open.has(keyOf(group));
  return { answer, open: by.length > 0 ? { by, groups: answer?.groups ?? [], isOpen } : null, toggle };
}
