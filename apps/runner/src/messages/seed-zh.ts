import type { SEED_EN } from './seed-en.ts';

// What `whorl seed` says in Chinese.

export const SEED_ZH: typeof SEED_EN = {
  seed: {
    expected: '须给出一个参数或 --by-name，二者只取其一',
    taken: (runs, seeded, param) =>
      runs === 0
        ? `还没有程序向其中记录运行；之后的运行以${param === null ? '名称像种子的参数' : ` ${param} `}为种子。`
        : `${runs} 次运行中有 ${seeded} 次以${param === null ? '名称像种子的参数' : ` ${param} `}为种子。`,
    none: (param) => `没有一次运行把 ${param} 记录为整数：用 whorl show <运行> 查看参数`,
  },
};
