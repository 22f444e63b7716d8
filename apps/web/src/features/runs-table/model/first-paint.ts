import { TRPCError } from '@trpc/server';
import { factorsOf } from '@whorl/core';
import { parseQuery } from '@whorl/core/query';
import type { Caller } from '#src/api/router.ts';
import { answerInput, isAnswered, MOST_PAINTED } from '#src/contract/answer-input.ts';
import type { Answer } from '#src/contract/comparison.ts';
import { summaryFactors } from '#src/contract/factor-fields.ts';
import type { Experiment } from '#src/contract/schemas.ts';
import { readView } from '#src/view/view-state.ts';
import type { Groups, Infos, RunWindow } from './answers.ts';
import { lookFields } from './looks.ts';
import { mainFields } from './main-fields.ts';
import { mistakeIn } from './query-mistake.ts';
import {
  columnsOf,
  fieldsInput,
  groupsInput,
  type Refused,
  rowsQuery,
  shownView,
  summaryInput,
} from './table-input.ts';
import { TABLE_FIELDS, type TableView } from './table-view.ts';
import { windowInput } from './windows.ts';

const REFUSALS: readonly string[] = ['BAD_REQUEST', 'NOT_FOUND'];

/** What the server reads for the first paint of an experiment's page. */
export interface FirstPaint {
  readonly infos: Infos;
  /** The fields of the runs in the table: archived runs may have other ones. */
  readonly tableInfos: Infos;
  /** The study's factors, the most important first; empty where this version does not know it. */
  readonly ofStudy: readonly string[];
  /** The factors in which configurations differ, and the results of each. */
  readonly factors: readonly string[];
  readonly summary: Groups;
  /**
   * The answer to the experiment's question and the ranking of its configurations; null where computing them would delay the
   * page.
   */
  readonly answers: { readonly answer: Answer; readonly standing: Answer } | null;
  /** The first rows, null where they are grouped; and the groups, if any. */
  readonly window: RunWindow | null;
  readonly groups: Groups | null;
  /** What the address asks for and cannot be shown; the page then ignores it. */
  readonly refused: Refused | null;
}

/** Reads what an address shows first. It takes as long for ten runs as for ten thousand. */
export async function firstPaint(
  caller: Caller,
  { id, study, runs }: Pick<Experiment, 'id' | 'study' | 'runs'>,
  search: Readonly<Record<string, string | string[] | undefined>>,
): Promise<FirstPaint> {
  const { view } = readView(TABLE_FIELDS, { get: (name) => [search[name] ?? null].flat()[0] ?? null });
  const infos = await caller.runs.fields(fieldsInput(id, false));
  const ofStudy = factorsOf(study);
  const factors = summaryFactors(infos, ofStudy);
  const summary = await caller.grouping.groups(summaryInput(id, factors, mainFields(infos)));
  const answers = isAnswered(runs, MOST_PAINTED)
    ? {
        answer: await caller.comparison.answer(answerInput(id, null)),
        standing: await caller.comparison.answer(answerInput(id, factors)),
      }
    : null;
  const read = async (shown: TableView) => {
    const tableInfos = shown.archived ? await caller.runs.fields(fieldsInput(id, true)) : infos;
    const columns = columnsOf(shown, tableInfos, ofStudy);
    if (shown.group.length > 0) {
      return { tableInfos, window: null, groups: await caller.grouping.groups(groupsInput(id, shown, columns)) };
    }
    const rows = rowsQuery(id, shown, columns, lookFields(factors, ofStudy));
    return {
      tableInfos,
      window: await caller.runs.table(windowInput(rows, { query: shown.q, offset: 0 })),
      groups: null,
    };
  };
  const mistake = mistakeIn(parseQuery, view.q);
  const refused: Refused | null = mistake && { q: view.q, mistake, message: null };
  try {
    return { infos, ofStudy, factors, summary, answers, refused, ...(await read(shownView(view, refused))) };
  } catch (error) {
    // An address of the owner's page may ask for more than a link shows.
    if (!(error instanceof TRPCError) || !REFUSALS.includes(error.code)) throw error;
    const message: Refused = { q: view.q, mistake: null, message: error.message };
    return { infos, ofStudy, factors, summary, answers, refused: message, ...(await read(shownView(view, message))) };
  }
}
