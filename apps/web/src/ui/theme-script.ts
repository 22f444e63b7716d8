// In a file that is not the browser's alone: of one that begins with 'use client', the server only gets a reference.

/** Where the choice of a theme is kept in the browser. */
export const THEME_KEY = 'whorl-theme';

/** Run before the first paint, so that a page never flashes in the other theme. */
export const THEME_SCRIPT = `try{var t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;
