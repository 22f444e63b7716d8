/** The languages in which Whorl speaks to people. What programs read (`--json`, exported data) is in English. */
export type Language = 'en' | 'zh';

/** What is said to people, in each language: a text that lacks one is a type error. */
export type Text = Readonly<Record<Language, string>>;

/** What is written the same in every language: a number, a kind's id. */
export const sameText = (text: string): Text => ({ en: text, zh: text });

export function joinTexts(texts: readonly Text[], separator: Text): Text {
  const joined = (language: Language) => texts.map((text) => text[language]).join(separator[language]);
  return { en: joined('en'), zh: joined('zh') };
}

/** One text a line. */
export const linesOf = (texts: readonly Text[]): Text => joinTexts(texts, sameText('\n'));
