// In a file without 'use client': from one with it the server would get only references.

/** The key of the theme in the browser's local storage. */
export const THEME_KEY = 'whorl-theme';

/** Runs before the first paint, so that the page does not flash in another theme. */
export const THEME_SCRIPT = `try{var t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;
