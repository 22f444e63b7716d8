import type { Language, Text } from './text.ts';

/** Why a run ended before its last step, where Whorl itself says so. The record keeps the English. */
export const END_REASONS = {
  died: { en: 'the process that trained it ended without a word', zh: '训练它的进程未作说明就退出了' },
  'stopped from the page': { en: 'stopped from the page', zh: '在网页上停止' },
  'stopped from the command line': { en: 'stopped from the command line', zh: '在命令行停止' },
} as const satisfies Readonly<Record<string, Text>>;

/** A recorded reason in the reader's language; a message of what failed, or of another program, as it was recorded. */
export const endReasonIn = (language: Language, recorded: string): string =>
  Object.values(END_REASONS).find(({ en }) => en === recorded)?.[language] ?? recorded;
