'use client';

import { type RefObject, useEffect, useState } from 'react';

/** Whether an element is within about a screen of what is seen, or has been: what it shows is loaded then. */
export function useNearView(element: RefObject<Element | null>, margin = '600px'): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    const { current } = element;
    if (!current || isNear) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsNear(true);
      },
      { rootMargin: margin },
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, isNear, margin]);
  return isNear;
}
