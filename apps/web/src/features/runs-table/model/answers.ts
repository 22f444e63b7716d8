import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#src/api/router.ts';

type Outputs = inferRouterOutputs<AppRouter>;

/** What is known of the fields of an experiment's runs. */
export type Infos = Outputs['runs']['fields'];
/** A window of the table's rows, as the server sends it. */
export type RunWindow = Outputs['runs']['table'];
/** Runs in groups. */
export type Groups = Outputs['grouping']['groups'];
/** Runs with equal values of some fields, and their results. */
export type RunGroup = Groups['groups'][number];
export type GroupMetric = RunGroup['metrics'][number];
