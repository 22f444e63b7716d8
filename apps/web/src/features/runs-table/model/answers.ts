import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#src/api/router.ts';

type Outputs = inferRouterOutputs<AppRouter>;

/** What is known of the fields of an experiment's runs. */
export type Infos = Outputs['runs']['fields'];
/** Some rows of a table, as the server gives them. */
export type RunWindow = Outputs['runs']['table'];
/** Runs in groups. */
export type Groups = Outputs['grouping']['groups'];
/** Runs that agree in some fields, with what they reached. */
export type RunGroup = Groups['groups'][number];
export type GroupMetric = RunGroup['metrics'][number];
