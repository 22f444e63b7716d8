// What this browser keeps of its reader, beyond the page. It may refuse to keep anything: then it lasts as long as the page.

/** What is kept under a key; null where nothing is. */
export function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a text, where the browser does. */
export function keep(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // It lasts as long as the page.
  }
}
