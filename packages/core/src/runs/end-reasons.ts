import type { Language, Text } from '../text/text.ts';

/** Why a run ended before its last step, where Whorl itself knows. The record keeps the English text. */
export const END_REASONS = {
  died: { en: 'the process that trained it ended without a word', zh: '训练它的进程未作说明就退出了' },
  'stopped from the page': { en: 'stopped from the page', zh: '在网页上停止' },
  'stopped from the command line': { en: 'stopped from the command line', zh: '在命令行停止' },
  'marked from the page': { en: 'marked as ended from the page', zh: '在网页上标记为已结束' },
  'marked from the command line': { en: 'marked as ended from the command line', zh: '在命令行标记为已结束' },
} as const satisfies Readonly<Record<string, Text>>;

const DAMAGED = { en: 'damaged in the record: ', zh: '记录已损坏：' } as const satisfies Text;
const DAMAGED_REASON = /^damaged in the record: ([^;]*)(?:; ([\s\S]*))?$/;

/** The reason shown for a run of which parts cannot be read, followed by the run's own. */
export const damageReason = (parts: readonly string[], own: string | null): string =>
  `${DAMAGED.en}${parts.join(', ')}${own === null ? '' : `; ${own}`}`;

/** A recorded reason in the reader's language; error messages and other programs' texts stay as recorded. */
export function endReasonIn(language: Language, recorded: string): string {
  const [, parts, own] = DAMAGED_REASON.exec(recorded) ?? [];
  if (parts !== undefined) {
    const rest = own === undefined ? '' : `${language === 'zh' ? '；' : '; '}${endReasonIn(language, own)}`;
    return `${DAMAGED[language]}${parts}${rest}`;
  }
  return Object.values(END_REASONS).find(({ en }) => en === recorded)?.[language] ?? recorded;
}
