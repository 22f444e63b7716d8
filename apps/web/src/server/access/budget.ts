import type { Viewer } from './context.ts';
import { SaidError } from './said-error.ts';

// Limits the work of a request. Its size says nothing about that, so the work is counted before it is done: two or three
// seconds at most, a fraction of that for guests.

interface Budget {
  readonly owner: number;
  readonly guest: number;
  readonly zh: string;
}

/** What is counted, with the limits for the owner and for guests. */
const BUDGETS = {
  'conditions x runs': { owner: 2_000_000, guest: 200_000, zh: '条件数 × 运行数' },
  'columns x runs': { owner: 1_000_000, guest: 200_000, zh: '列数 × 运行数' },
  'metrics x runs': { owner: 10_000_000, guest: 1_000_000, zh: '指标数 × 运行数' },
  'steps x runs': { owner: 1_000_000, guest: 100_000, zh: '步数 × 运行数' },
  points: { owner: 100_000_000, guest: 20_000_000, zh: '数据点数' },
  runs: { owner: 100_000, guest: 10_000, zh: '运行数' },
  'runs since the page was loaded': { owner: 100_000, guest: 2_000, zh: '页面打开以来的运行数' },
} as const satisfies Record<string, Budget>;

/** @throws SaidError `BAD_REQUEST` where a request asks for more than its viewer may */
export function charge(viewer: Viewer, what: keyof typeof BUDGETS, count: number): void {
  const { zh, ...budget } = BUDGETS[what];
  const most = budget[viewer.kind === 'owner' ? 'owner' : 'guest'];
  if (count <= most) return;
  throw new SaidError('BAD_REQUEST', {
    en: `the question asks for ${count} ${what}, at most ${most} are answered; ask for less at a time`,
    zh: `这次查询的${zh}为 ${count}，最多 ${most}；请一次少查一些`,
  });
}

/** How many calls a batch may have. Pages send fewer. */
export const MOST_OF_A_BATCH = { owner: 100, share: 20 } as const;

/** How many bytes a request may have. The ids of a hundred thousand runs take 2 MB. */
export const MOST_BYTES = { owner: 10_000_000, share: 200_000 } as const;
