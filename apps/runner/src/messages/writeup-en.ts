// What `whorl report` says in English.

export const WRITEUP_EN = {
  report: {
    oneOf: (allowed: string, came: string) => `expected one of ${allowed}, got "${came}"`,
    courseAlone: 'course is a report of its own: expected it alone, or experiments',
    written: (file: string) => `Written: ${file}`,
    aside: (folder: string) => `What was there before is now in ${folder}`,
    missing: (count: number) =>
      count === 1
        ? 'The report says where something is not recorded. This records it:'
        : `The report says at ${count} places what is not recorded. These record it:`,
    pictures: {
      'no PNG': 'This machine cannot draw PNG (npm install brings what is needed): the pictures are SVG.',
      'no Chinese font':
        'No font of this machine has Chinese characters: what stands in the PNG pictures is English. With a font such as Noto Sans CJK, write the report again.',
    },
    notOurs: (folder: string) =>
      `${folder} holds something that whorl report did not write; name another folder, or add --replace, which sets it aside`,
    changed: (folder: string, files: readonly string[]) =>
      `${folder} has been worked on since it was written (${files.slice(0, 3).join(', ')}${files.length > 3 ? ', …' : ''}); name another folder, or add --replace, which sets it aside`,
  },
};
