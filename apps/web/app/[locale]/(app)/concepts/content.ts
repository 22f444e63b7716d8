import { STUDIES } from '@whorl/core';
import type { MDXContent } from 'mdx/types';
import { z } from 'zod';
import { DEFAULT_LOCALE, type Locale, toLocale } from '#src/i18n/locales.ts';

const metadataSchema = z.object({
  order: z.number(),
  title: z.string().min(1),
  summary: z.string(),
  study: z.enum(STUDIES.map(({ id }) => id)),
  /** What it refers to, in the order of its numbers. */
  references: z.array(z.string()),
});

/** A concept page: what its file says of itself, and its text. */
export interface Concept extends z.infer<typeof metadataSchema> {
  readonly slug: string;
  /** The language of the text, which is English where there is no translation. */
  readonly locale: Locale;
  readonly Content: MDXContent;
}

interface Module {
  readonly default: MDXContent;
  readonly metadata: unknown;
}

declare global {
  interface ImportMeta {
    /** Turbopack's: the modules that match a pattern, by their path. */
    glob(pattern: string): Record<string, () => Promise<Module>>;
  }
}

const FILE = /\/content\/([a-z]+)\/([a-z0-9-]+)\.mdx$/;

const files = Object.entries(import.meta.glob('../../../../content/*/*.mdx')).flatMap(([path, load]) => {
  const [, language = '', slug = ''] = FILE.exec(path) ?? [];
  const locale = toLocale(language);
  return locale && slug ? [{ locale, slug, load }] : [];
});

async function read(slug: string, wanted: Locale): Promise<Concept | null> {
  const versions = files.filter((file) => file.slug === slug);
  const file =
    versions.find(({ locale }) => locale === wanted) ?? versions.find(({ locale }) => locale === DEFAULT_LOCALE);
  if (!file) return null;
  const { default: Content, metadata } = await file.load();
  return { ...metadataSchema.parse(metadata), slug, locale: file.locale, Content };
}

/** Every concept page in a language, in the order in which to read them. */
export async function listConcepts(locale: Locale): Promise<Concept[]> {
  const slugs = [...new Set(files.map(({ slug }) => slug))];
  const concepts = await Promise.all(slugs.map((slug) => read(slug, locale)));
  return concepts.filter((concept) => concept !== null).sort((a, b) => a.order - b.order || (a.slug < b.slug ? -1 : 1));
}
