/** The container of menus and popovers: within the page's content, so that navigation by landmarks finds them. */
export const popupPlace = (): HTMLElement | null =>
  typeof document === 'undefined' ? null : document.getElementById('content');
