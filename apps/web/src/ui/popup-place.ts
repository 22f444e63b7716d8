/** Where menus and popovers are put: within the page's content, so that who moves by landmarks finds them there. */
export const popupPlace = (): HTMLElement | null =>
  typeof document === 'undefined' ? null : document.getElementById('content');
