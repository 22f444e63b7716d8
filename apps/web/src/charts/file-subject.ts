import { createContext, useCallback, useContext } from 'react';
import { fileName } from './chart-exports.ts';

/** What the page is about, by which its files are named: an experiment, a run. */
export const FileSubject = createContext<string>('');

/** Names a file after what the page is about and what is in it. */
export function useFileName(): (title: string, ending: string) => string {
  const subject = useContext(FileSubject);
  return useCallback((title, ending) => `${fileName(subject, title)}.${ending}`, [subject]);
}
