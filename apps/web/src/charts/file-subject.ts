import { createContext, useCallback, useContext } from 'react';
import { fileName } from './chart-exports.ts';

/** The subject of the page (an experiment, a run), with which names of downloaded files begin. */
export const FileSubject = createContext<string>('');

/** Builds names of files from the subject of the page and a title. */
export function useFileName(): (title: string, ending: string) => string {
  const subject = useContext(FileSubject);
  return useCallback((title, ending) => `${fileName(subject, title)}.${ending}`, [subject]);
}
