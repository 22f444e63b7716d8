import { type RefObject, useCallback, useEffect, useState } from 'react';

/** How near to the view a lab gets ready. */
const MARGIN = '200px';
/** A browser without idle callbacks waits this long. */
const IDLE_MS = 500;

/**
 * Whether a lab is to get ready: once it is touched, or near the view of a page that is idle. Nothing of it is loaded before.
 * @returns also what wakes it at once
 */
export function useWake(element: RefObject<Element | null>): readonly [boolean, () => void] {
  const [awake, setAwake] = useState(false);
  const wake = useCallback(() => setAwake(true), []);
  useEffect(() => {
    const { current } = element;
    if (!current || awake) return;
    let waiting: (() => void) | undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (waiting || !entries.some(({ isIntersecting }) => isIntersecting)) return;
        if (typeof requestIdleCallback === 'function') {
          const idle = requestIdleCallback(wake);
          waiting = () => cancelIdleCallback(idle);
        } else {
          const timer = setTimeout(wake, IDLE_MS); // Safari
          waiting = () => clearTimeout(timer);
        }
      },
      { rootMargin: MARGIN },
    );
    observer.observe(current);
    return () => {
      observer.disconnect();
      waiting?.();
    };
  }, [element, awake, wake]);
  return [awake, wake];
}
