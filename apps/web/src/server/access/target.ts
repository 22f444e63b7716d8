import { conditionsOf } from '@whorl/core';
import { parseQuery } from '@whorl/core/query';
import type { RunSelection } from '@whorl/store';
import type { Target } from '#src/contract/target.ts';
import { charge } from './budget.ts';
import type { Context } from './context.ts';
import { textsFor } from './guest-view.ts';
import { allVisible, checkQuery, isExperimentVisible, outside } from './visible.ts';

/**
 * The ids of a target's runs at this moment.
 * @throws TRPCError, QueryError
 */
export const runIdsOf = async (context: Context, target: Target): Promise<string[]> =>
  context.store.runs.ids(await resolveTarget(context, target));

/**
 * The runs of a target, if the viewer may see all of them.
 * @throws TRPCError, QueryError
 */
export async function resolveTarget(context: Context, target: Target): Promise<RunSelection> {
  const { store, viewer, timeZone } = context;
  if ('experimentId' in target) {
    const { experimentId, query = '', archived = false, except } = target;
    const isVisible = isExperimentVisible(context, experimentId) && !(archived && viewer.kind === 'share');
    if (!isVisible || !store.experiments.has(experimentId)) throw outside('experiment');
    const where = parseQuery(query);
    if (except) charge(viewer, 'runs', except.length);
    if (where) {
      checkQuery(viewer, where);
      charge(viewer, 'conditions x runs', conditionsOf(where) * store.runs.count({ experimentId }));
    }
    return { scope: { experimentId }, archived, where, timeZone, texts: textsFor(viewer), except };
  }
  const found = 'runSet' in target ? await store.runSets.find(target.runSet) : target.runIds;
  if (!found) throw outside(viewer.kind === 'owner' ? 'set of runs' : 'run'); // guests: the same answer as for runs outside of their share
  const runIds = [...new Set(found)];
  charge(viewer, 'runs', runIds.length);
  if (!allVisible(context, runIds)) throw outside('run');
  return { scope: { runIds }, texts: textsFor(viewer) };
}
