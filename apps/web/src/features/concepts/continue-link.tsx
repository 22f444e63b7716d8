'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { keep, readKept } from '#src/ui/kept.ts';
import { keptPosition, positionText, readingKey, sectionInSight } from './model/reading-position.ts';

interface Place {
  readonly id: string;
  readonly title: string;
}

/** Keeps how far a page is read, and leads back to where it was left. */
export function ContinueLink({ slug }: { readonly slug: string }) {
  const t = useTranslations('concepts');
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    const headings = [...document.querySelectorAll<HTMLElement>('.prose > h2')];
    const left = keptPosition(readKept(readingKey(slug)));
    const heading = left && left.section > 1 && left.section < headings.length ? headings[left.section - 1] : undefined;
    // Whoever follows a link to a section wants that one.
    if (heading && !window.location.hash) setPlace({ id: heading.id, title: heading.textContent ?? '' });
    let frame = 0;
    const look = () => {
      frame = 0;
      const tops = headings.map((each) => each.getBoundingClientRect().top);
      const below = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
      const section = sectionInSight(tops, window.innerHeight, below);
      if (section !== null) keep(readingKey(slug), positionText({ section, of: headings.length }));
    };
    const onScroll = () => {
      frame ||= requestAnimationFrame(look);
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      window.removeEventListener('scroll', onScroll);
      cancelAnimationFrame(frame);
    };
  }, [slug]);
  if (!place) return null;
  return (
    <a className="link truncate" href={`#${place.id}`} data-continue>
      {t('continueAt', { title: place.title })}
    </a>
  );
}
