import type { WRITEUP_EN } from './writeup-en.ts';

// What `whorl report` says in Chinese.

export const WRITEUP_ZH: typeof WRITEUP_EN = {
  report: {
    oneOf: (allowed, came) => `应为 ${allowed} 之一，收到的是“${came}”`,
    courseAlone: 'course 是单独的一份报告：请只写它，或只写实验',
    written: (file) => `已写入：${file}`,
    aside: (folder) => `原来的内容现在在 ${folder}`,
    missing: (count) =>
      count === 1
        ? '报告中标出了一处缺少的记录。用这条命令记录：'
        : `报告中标出了 ${count} 处缺少的记录。用这些命令记录：`,
    pictures: {
      'no PNG': '这台机器无法生成 PNG（npm install 会装上所需的库）：图片为 SVG。',
      'no Chinese font':
        '这台机器没有含汉字的字体：PNG 图中的文字为英文。装上 Noto Sans CJK 之类的字体后，请重新生成报告。',
    },
    notOurs: (folder) =>
      `${folder} 里有不是 whorl report 写的内容；请换一个文件夹，或加上 --replace，原有内容会被移到一旁`,
    changed: (folder, files) =>
      `${folder} 写好之后被改动过（${files.slice(0, 3).join('、')}${files.length > 3 ? '…' : ''}）；请换一个文件夹，或加上 --replace，原有内容会被移到一旁`,
  },
};
