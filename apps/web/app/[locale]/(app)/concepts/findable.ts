import { STUDIES } from '@whorl/core';
import { LOCALES, type Locale, localePath } from '#src/i18n/locales.ts';
import { listConcepts } from './content.ts';

/** The concepts and studies by what they are called in every language. */
export async function findablePlaces(locale: Locale) {
  const byLocale = await Promise.all(LOCALES.map(async (one) => [one, await listConcepts(one)] as const));
  const own = byLocale.find(([one]) => one === locale)?.[1] ?? [];
  return {
    concepts: own.map(({ slug, title }) => ({
      href: localePath(locale, `/concepts/${slug}`),
      title,
      also: [
        slug,
        ...byLocale.flatMap(([, all]) => all.filter((page) => page.slug === slug).map((page) => page.title)),
      ],
    })),
    studies: STUDIES.map(({ id, title, question }) => ({
      href: localePath(locale, `/?text=${encodeURIComponent(id)}`),
      title: `${id}: ${title[locale]}`,
      also: [title.en, title.zh, question[locale]],
    })),
  };
}
