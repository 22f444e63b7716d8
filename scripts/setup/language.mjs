// Set-up speaks the language of the terminal, decided as apps/runner/src/messages/language.ts does: that is not built yet.
// An older Node must be able to read this file.

const { WHORL_LANG, LC_ALL, LC_MESSAGES, LANG } = process.env;
const inChinese = /^zh/i.test(
  WHORL_LANG || LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale,
);

/** @param {string} english @param {string} chinese */
export const words = (english, chinese) => (inChinese ? chinese : english);
