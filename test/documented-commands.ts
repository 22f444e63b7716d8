const FENCE = /```(\w*)\n([\s\S]*?)```/g;

export const withoutFences = (text: string): string => text.replace(FENCE, '');

/** The commands of the shell blocks of a document, and those in back ticks that begin like one. */
export function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(FENCE)]
    .filter(([, language]) => language === 'sh')
    .flatMap(([, , body]) => (body ?? '').split('\n'));
  const inline = [...withoutFences(text).matchAll(/`((?:npm|npx|whorl) [^`]+)`/g)].map(([, command]) => command ?? '');
  return [...blocks, ...inline].map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}
