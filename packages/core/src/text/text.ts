/** The languages in which Whorl speaks to people. Output for programs (`--json`, exported data) is in English. */
export type Language = 'en' | 'zh';

/** A text in each language: one that lacks a language is a type error. */
export type Text = Readonly<Record<Language, string>>;

/** A text that is the same in every language: a number, a kind's id. */
export const sameText = (text: string): Text => ({ en: text, zh: text });

export function joinTexts(texts: readonly Text[], separator: Text): Text {
  const joined = (language: Language) => texts.map((text) => text[language]).join(separator[language]);
  return { en: joined('en'), zh: joined('zh') };
}

/** Joins texts, one on each line. */
export const linesOf = (texts: readonly Text[]): Text => joinTexts(texts, sameText('\n'));
