import type { DELETION_EN } from './deletion-en.ts';

// What `whorl rm` and `whorl gc` say in Chinese.

export const DELETION_ZH: typeof DELETION_EN = {
  ask: { yes: ['y', 'yes', '是'] },
  rm: {
    nothing: '须给出要删除的运行或实验（whorl ls 可列出），或 --archived <天数>',
    archivedAlone: '不能与名称同用：它自己决定删除什么',
    days: (came) => `应为不小于 0 的天数，得到的是“${came}”`,
    needsYes: '什么也没有删除：没有可以询问的终端；--yes 不询问而直接删除',
    jsonNeedsYes: '不会询问；请同时给出 --yes',
    oneRun: '须给出一次运行，即文件所属的运行',
    noFile: (name, run) => `运行 ${run} 没有文件“${name}”`,
    none: '没有可删除的内容。',
    experiment: (name) => `实验“${name}”`,
    run: (name) => `运行“${name}”`,
    archived: (experiments, runs, days) => `已归档 ${days} 天：${experiments} 个实验，以及其他实验中的 ${runs} 次运行`,
    more: (names) => `另有 ${names} 个`,
    title: '将永久删除以下内容，无法恢复：',
    loss: ({ runs, points, files, models, views }, size) =>
      [
        `${runs} 次运行`,
        `${points} 个点`,
        files > 0 ? `${files} 个文件（${size}）` : '0 个文件',
        ...(models > 0 ? [`${models} 个模型`] : []),
        ...(views > 0 ? [`${views} 个保存的视图`] : []),
      ].join('，'),
    closes: (shares) => `${shares} 个分享链接从此失效`,
    narrows: (shares) => `${shares} 个比较链接从此少显示一些运行`,
    ask: '永久删除？[y/N]',
    kept: '什么也没有删除',
    deleted: (runs, size) => `已永久删除 ${runs} 次运行及 ${size} 的文件；whorl gc 把数据库空出的空间还给磁盘`,
    filesOf: (files, run, size) => `将永久删除运行“${run}”的 ${files} 个文件（${size}），无法恢复`,
    filesDeleted: (files) => `已永久删除 ${files} 个文件`,
  },
  gc: {
    none: '没有残余。',
    found: (parts, files, size) => `${parts} 个未写完的文件和 ${files} 个不属于任何运行的文件，共 ${size}`,
    rows: (rows) => `${rows} 行不属于任何东西`,
    room: (size) => `数据库中 ${size} 的空闲空间`,
    removed: (what) => `已清除：${what.join('；')}`,
    dry: (what) => `${what.join('；')}；whorl gc 可清除`,
  },
};
