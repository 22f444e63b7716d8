import { type Language, withoutPaths } from '@whorl/core';
import { courseAnswers, courseWriteup, experimentWriteup, type Writeup, writeupHtml } from '@whorl/core/writeup';
import { z } from 'zod';
import { refusal } from '#process/refusal.ts';
import { idSchema } from '#src/contract/schemas.ts';
import type { Context } from './access/context.ts';
import { asStoreError } from './access/store.ts';

/** What can be reported: the course's homework, or an experiment by its id. */
const COURSE = 'course';
const askedSchema = z.object({ of: z.union([z.literal(COURSE), idSchema]), lang: z.enum(['en', 'zh']) });

const GONE = { en: 'nothing is here: there is no such experiment', zh: '这里没有内容：没有这个实验' };
const BAD = {
  en: 'expected course or the id of an experiment, and lang=en or lang=zh',
  zh: '应为 course 或实验的 id，以及 lang=en 或 lang=zh',
};

const refused = (code: 'NOT_FOUND' | 'BAD_REQUEST', said: typeof GONE): Response => {
  const { body, ...init } = refusal(code, said, 'page');
  return new Response(body, init);
};

/** Answers with a report to save, as one HTML file. For the owner alone: it is made of all that is recorded. */
export async function answerReport(request: Request, { store, viewer }: Context, of: string): Promise<Response> {
  if (viewer.kind !== 'owner') return refused('NOT_FOUND', GONE);
  const asked = askedSchema.safeParse({ of, lang: new URL(request.url).searchParams.get('lang') });
  if (!asked.success) return refused('BAD_REQUEST', BAD);
  const { lang } = asked.data;
  try {
    const writeup = of === COURSE ? await ofCourse(store, lang) : await ofExperiment(store, of, lang);
    if (!writeup) return refused('NOT_FOUND', GONE);
    return new Response(writeupHtml(writeup), { headers: headersOf(writeup) });
  } catch (error) {
    const failure = asStoreError(error);
    if (!failure) throw error;
    console.error(failure.message);
    return new Response(`${withoutPaths(failure.said[lang])}\n`, { status: 500 });
  }
}

const ofCourse = async (store: Context['store'], lang: Language): Promise<Writeup> =>
  courseWriteup(await courseAnswers(store, lang), lang);

async function ofExperiment(store: Context['store'], id: string, lang: Language): Promise<Writeup | null> {
  if (!store.experiments.has(id)) return null;
  return experimentWriteup(store, [await store.experiments.get(id)], lang);
}

function headersOf({ title, language }: Writeup) {
  const name = encodeURIComponent(
    `${withoutPaths(title)
      .replace(/[\\/:*?"<>|]/g, ' ')
      .trim()}.html`,
  ).replaceAll("'", '%27');
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Disposition': `attachment; filename="report-${language}.html"; filename*=UTF-8''${name}`,
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  };
}
