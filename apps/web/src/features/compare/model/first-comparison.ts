import type { Caller } from '#src/api/router.ts';
import { questionOf } from '#src/contract/question.ts';
import type { Target } from '#src/contract/target.ts';
import { readView } from '#src/view/view-state.ts';
import { COMPARISON_VIEW } from './view-fields.ts';

/** Reads on the server what a comparison's page shows first, for the question in its address. */
export async function firstComparison(
  caller: Caller,
  target: Target,
  search: Readonly<Record<string, string | string[] | undefined>>,
) {
  const overview = await caller.comparison.overview({ target });
  const { view } = readView(COMPARISON_VIEW, { get: (name) => [search[name] ?? []].flat()[0] ?? null });
  const { by, field, goal } = questionOf(view, overview);
  return {
    overview,
    analysis: await caller.comparison.analyse({ target, metric: field, by: [...by], margin: view.margin, goal }),
  };
}
