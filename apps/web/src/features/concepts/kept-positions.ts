import { keptPosition, positionText, type ReadingPosition, readingKey } from './model/reading-position.ts';

/** How far this browser showed a page; null where it may not keep anything. */
export function readPosition(slug: string): ReadingPosition | null {
  try {
    return keptPosition(localStorage.getItem(readingKey(slug)));
  } catch {
    return null;
  }
}

export function keepPosition(slug: string, position: ReadingPosition): void {
  try {
    localStorage.setItem(readingKey(slug), positionText(position));
  } catch {
    // The next visit then begins at the start.
  }
}
