import { expect } from 'vitest';
import type { Text } from '../src/index.ts';

/** Chinese of its own, whose marks are full-width and which quotes the file as the English does. */
export function expectChinese({ en, zh }: Text): void {
  const quoted = (text: string) => (text.match(/"(?:[^"\\]|\\.)*"/g) ?? []).filter((part) => part !== '""');
  // Words that are no name, value or command stand in no Chinese sentence.
  const own = zh.replace(/"(?:[^"\\]|\\.)*"|“[^”]*”|（[^）]*）/g, '');
  expect(own).toMatch(/\p{Script=Han}/u);
  expect(own).not.toMatch(/\b(the|is|are|has|have|of|expected|got|leave|write|row|column)\b/);
  expect(own).not.toMatch(/\p{Script=Han}[,;:]/u);
  const known = quoted(en);
  expect(quoted(zh).filter((part) => !known.includes(part))).toEqual([]);
}
